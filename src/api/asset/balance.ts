import {Field, ObjectType} from 'type-graphql'
import {Account} from '../account/account'
import {ASSET_FIELD, addressField, COLLECTION_FIELD} from '../event/fields'
import {createList} from '../list/args'
import type {ListSpec} from '../list/spec'
import {BigIntScalar} from '../scalars'
import type {Stored} from '../stored'
import {Asset} from './asset'

@ObjectType({description: 'How much of an ERC-1155 asset an account holds.'})
export class Balance {
  readonly #row: Stored<'Balance'>
  constructor(row: Stored<'Balance'>) {
    this.#row = row
  }
  @Field(() => Asset, {description: 'What is held.'})
  get asset(): Asset {
    return new Asset(this.#row.assetId)
  }
  @Field(() => Account, {description: 'Who holds it.'})
  get account(): Account {
    return new Account(this.#row.account)
  }
  @Field(() => BigIntScalar, {description: "Negative where a contract's logs do not add up."})
  get amount(): string {
    return this.#row.amount
  }
}

const spec: ListSpec = {
  name: 'Balance',
  table: 'Balance',
  defaultOrder: 'ID_ASC',
  base: 't."amount" <> 0',
  fields: {
    asset: ASSET_FIELD,
    collection: COLLECTION_FIELD,
    account: addressField('account', 'the holder'),
    amount: {kind: 'bigint', sql: 't."amount"', orderable: true, orderedWithin: 'asset_id', description: 'The amount held.'},
  },
}
export const balances = createList(
  spec,
  () => Balance,
  (row: Stored<'Balance'>) => new Balance(row),
)
