import {Field, Int, ObjectType, registerEnumType} from 'type-graphql'
import {ZERO_ADDRESS} from '../../domain/hex'
import {addressOf} from '../../domain/ids'
import {Account, accountOrNull} from '../account/account'
import {Asset} from '../asset/asset'
import {Collection} from '../collection/collection'
import {ChainEvent} from '../event/chainEvent'
import {ASSET_FIELD, addressField, COLLECTION_FIELD, FACT_FIELDS} from '../event/fields'
import {createList} from '../list/args'
import type {ListSpec} from '../list/spec'
import {BigIntScalar} from '../scalars'
import type {Stored} from '../stored'

export const TransferKind = {MINT: 'MINT', TRANSFER: 'TRANSFER', BURN: 'BURN', DECLARATION: 'DECLARATION'} as const
registerEnumType(TransferKind, {
  name: 'TransferKind',
  description: 'What a transfer did.',
  valuesConfig: {
    TRANSFER: {description: 'From one account to another.'},
    MINT: {description: 'From the zero address.'},
    BURN: {description: 'To the zero address.'},
    DECLARATION: {description: 'ERC-1155, zero to zero: the id exists from here on.'},
  },
})

const kindOf = (from: string, to: string): string => {
  if (from === ZERO_ADDRESS) return to === ZERO_ADDRESS ? TransferKind.DECLARATION : TransferKind.MINT
  return to === ZERO_ADDRESS ? TransferKind.BURN : TransferKind.TRANSFER
}

@ObjectType({implements: ChainEvent, description: 'A token moved: one ERC-721 token, or one entry of an ERC-1155 batch.'})
export class Transfer extends ChainEvent {
  readonly #row: Stored<'Transfer'>
  constructor(row: Stored<'Transfer'>) {
    super(row, addressOf(row.collectionId))
    this.#row = row
  }
  @Field(() => TransferKind, {description: 'Mint, burn, or a move between accounts.'})
  get kind(): string {
    return kindOf(this.#row.from, this.#row.to)
  }
  @Field(() => Asset, {description: 'What moved.'})
  get asset(): Asset {
    return new Asset(this.#row.assetId)
  }
  @Field(() => Account, {description: 'The zero address: a mint.'})
  get from(): Account {
    return new Account(this.#row.from)
  }
  @Field(() => Account, {description: 'The zero address: a burn.'})
  get to(): Account {
    return new Account(this.#row.to)
  }
  @Field(() => BigIntScalar, {description: 'ERC-721: 1.'})
  get amount(): string {
    return this.#row.amount
  }
  @Field(() => Account, {nullable: true, description: 'Who moved it, as the log says; ERC-1155 only.'})
  get operator(): Account | null {
    return accountOrNull(this.#row.operator)
  }
  @Field(() => Account, {nullable: true, description: 'Who sent the transaction. A log is a claim; this is who paid for it.'})
  get transactionFrom(): Account | null {
    return accountOrNull(this.#row.transactionFrom)
  }
  @Field(() => Int, {description: 'The life of the token that it belongs to.'})
  get incarnation(): number {
    return this.#row.incarnation
  }
  @Field(() => Int, {description: 'Its place among the transfers of its asset, from 1.'})
  get ordinal(): number {
    return this.#row.ordinal
  }
  @Field(() => Account, {
    nullable: true,
    description:
      'Who owned the ERC-721 asset before; null: nobody is known to have. Where it is set and from is another, the logs contradict each other.',
  })
  get previousOwner(): Account | null {
    return accountOrNull(this.#row.previousOwner)
  }
  @Field(() => Account, {
    nullable: true,
    description: 'Who owns the ERC-721 asset from here on; null: it is burned, or the asset is ERC-1155.',
  })
  get owner(): Account | null {
    return accountOrNull(this.#row.owner)
  }
}

@ObjectType({implements: ChainEvent, description: 'An ERC-2309 range that is too large to write out: every id in it moved.'})
export class RangeTransfer extends ChainEvent {
  readonly #row: Stored<'RangeTransfer'>
  constructor(row: Stored<'RangeTransfer'>) {
    super(row, addressOf(row.collectionId))
    this.#row = row
  }
  @Field(() => TransferKind, {description: 'Mint, burn, or a move between accounts.'})
  get kind(): string {
    return kindOf(this.#row.from, this.#row.to)
  }
  @Field(() => Collection, {description: 'Whose ids moved.'})
  get collection(): Collection {
    return new Collection(this.#row.collectionId)
  }
  @Field(() => BigIntScalar, {description: 'First id, inclusive.'})
  get fromTokenId(): string {
    return this.#row.fromTokenId
  }
  @Field(() => BigIntScalar, {description: 'Inclusive. Below fromTokenId: the range names nothing, as logged.'})
  get toTokenId(): string {
    return this.#row.toTokenId
  }
  @Field(() => Account, {description: 'The zero address: a mint.'})
  get from(): Account {
    return new Account(this.#row.from)
  }
  @Field(() => Account, {description: 'The zero address: a burn.'})
  get to(): Account {
    return new Account(this.#row.to)
  }
}

const spec: ListSpec = {
  name: 'Transfer',
  table: 'Transfer',
  defaultOrder: 'TIMESTAMP_DESC',
  fields: {
    ...FACT_FIELDS,
    asset: ASSET_FIELD,
    collection: COLLECTION_FIELD,
    tokenId: {kind: 'bigint', sql: 't."token_id"', description: 'Token id, in whatever collection.'},
    from: addressField('from', 'The zero address: mints.'),
    to: addressField('to', 'The zero address: burns.'),
    amount: {kind: 'bigint', sql: 't."amount"', description: 'ERC-721: 1.'},
    transactionFrom: addressField('transaction_from', 'Sender of the transaction.'),
  },
}
export const transfers = createList(
  spec,
  () => Transfer,
  (row: Stored<'Transfer'>) => new Transfer(row),
)
