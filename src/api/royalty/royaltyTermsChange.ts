import {Field, ObjectType} from 'type-graphql'
import {parseShares} from '../../domain/royaltyTerms'
import type {RoyaltyShare as Share} from '../../domain/saleEvents'
import {Account, accountOrNull} from '../account/account'
import {Asset} from '../asset/asset'
import {Collection} from '../collection/collection'
import {ChainEvent} from '../event/chainEvent'
import {ASSET_FIELD, AUTHORITY_FIELD, COLLECTION_FIELD, FACT_FIELDS} from '../event/fields'
import {createList} from '../list/args'
import type {ListSpec} from '../list/spec'
import {BigIntScalar} from '../scalars'
import type {Stored} from '../stored'

@ObjectType({description: 'Who is due what of a price.'})
export class RoyaltyShare {
  readonly #share: Share
  constructor(share: Share) {
    this.#share = share
  }
  @Field(() => Account, {description: 'Who is due it.'})
  get recipient(): Account {
    return new Account(this.#share.recipient)
  }
  @Field(() => BigIntScalar, {description: 'Out of 10 000, as logged.'})
  get bps(): string {
    return String(this.#share.bps)
  }
}

@ObjectType({
  implements: ChainEvent,
  description: 'A contract said who is due what of a sale, or a registry said which contract tells. ERC-2981 alone logs nothing.',
})
export class RoyaltyTermsChange extends ChainEvent {
  readonly #row: Stored<'RoyaltyTermsChange'>
  constructor(row: Stored<'RoyaltyTermsChange'>) {
    super(row, row.emitter, row.authority)
    this.#row = row
  }
  @Field(() => Collection, {description: 'The contract whose terms they are: a collection, or one that collections are sent to.'})
  get collection(): Collection {
    return new Collection(this.#row.collectionId)
  }
  @Field(() => Asset, {nullable: true, description: 'The token; null: of all that have no terms of their own.'})
  get asset(): Asset | null {
    return this.#row.assetId === null ? null : new Asset(this.#row.assetId)
  }
  @Field(() => [RoyaltyShare], {description: 'Who is due what; empty: nobody, or only movedTo is said.'})
  get shares(): readonly RoyaltyShare[] {
    return parseShares(this.#row.shares).map((share) => new RoyaltyShare(share))
  }
  @Field(() => Account, {
    nullable: true,
    description: "The contract that tells the collection's terms from here on; the zero address: the collection itself; null: nothing said of that.",
  })
  get movedTo(): Account | null {
    return accountOrNull(this.#row.movedTo)
  }
  @Field(() => String, {description: 'Which standard it came by.'})
  get standard(): string {
    return this.#row.standard
  }
}

const spec: ListSpec = {
  name: 'RoyaltyTermsChange',
  table: 'RoyaltyTermsChange',
  defaultOrder: 'ID_DESC',
  hasAuthority: true,
  fields: {...FACT_FIELDS, timestamp: {...FACT_FIELDS.timestamp, orderable: false}, asset: ASSET_FIELD, collection: COLLECTION_FIELD, authority: AUTHORITY_FIELD},
}
export const royaltyTermsChanges = createList(
  spec,
  () => RoyaltyTermsChange,
  (row: Stored<'RoyaltyTermsChange'>) => new RoyaltyTermsChange(row),
)
