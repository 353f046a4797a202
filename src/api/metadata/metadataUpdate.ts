import {Field, ObjectType, registerEnumType} from 'type-graphql'
import {addressOf} from '../../domain/ids'
import {Asset} from '../asset/asset'
import {Collection} from '../collection/collection'
import {ChainEvent} from '../event/chainEvent'
import {ASSET_FIELD, COLLECTION_FIELD, FACT_FIELDS} from '../event/fields'
import {createList} from '../list/args'
import type {ListSpec} from '../list/spec'
import {BigIntScalar} from '../scalars'
import type {Stored} from '../stored'

export const MetadataScope = {TOKEN: 'token', RANGE: 'range', CONTRACT: 'contract'} as const
registerEnumType(MetadataScope, {
  name: 'MetadataScope',
  description: 'What a metadata change is about.',
  valuesConfig: {
    TOKEN: {description: 'One token.'},
    RANGE: {description: 'Every id from fromTokenId to toTokenId (ERC-4906 batch).'},
    CONTRACT: {description: 'The contract as a whole (ERC-7572).'},
  },
})

@ObjectType({implements: ChainEvent, description: 'A contract said that metadata changed. A range stays one entry.'})
export class MetadataUpdate extends ChainEvent {
  readonly #row: Stored<'MetadataChange'>
  constructor(row: Stored<'MetadataChange'>) {
    super(row, addressOf(row.collectionId))
    this.#row = row
  }
  @Field(() => MetadataScope, {description: 'What it is about.'})
  get scope(): string {
    return this.#row.scope
  }
  @Field(() => Collection, {description: 'The contract that said so.'})
  get collection(): Collection {
    return new Collection(this.#row.collectionId)
  }
  @Field(() => Asset, {nullable: true, description: 'Scope TOKEN only. It may not be minted yet.'})
  get asset(): Asset | null {
    return this.#row.assetId === null ? null : new Asset(this.#row.assetId)
  }
  @Field(() => BigIntScalar, {nullable: true, description: 'Null for scope CONTRACT.'})
  get fromTokenId(): string | null {
    return this.#row.fromTokenId
  }
  @Field(() => BigIntScalar, {
    nullable: true,
    description: 'Inclusive. Null: open-ended (2^256-1 in the log), or scope CONTRACT. Below fromTokenId: names nothing, as logged.',
  })
  get toTokenId(): string | null {
    return this.#row.toTokenId
  }
  @Field(() => String, {nullable: true, description: 'The new URI, where the log carries it.'})
  get uri(): string | null {
    return this.#row.uri
  }
  @Field(() => String, {description: 'Which standard it came by, e.g. erc4906.'})
  get standard(): string {
    return this.#row.standard
  }
}

const spec: ListSpec = {
  name: 'MetadataUpdate',
  table: 'MetadataChange',
  defaultOrder: 'TIMESTAMP_DESC',
  fields: {
    ...FACT_FIELDS,
    asset: ASSET_FIELD,
    collection: COLLECTION_FIELD,
    scope: {kind: 'enum', sql: 't."scope"', values: MetadataScope, description: 'the scope'},
    standard: {kind: 'text', sql: 't."standard"', description: 'Which standard it came by.'},
  },
}
export const metadataUpdates = createList(
  spec,
  () => MetadataUpdate,
  (row: Stored<'MetadataChange'>) => new MetadataUpdate(row),
)

/** Changes that concern a token: its own, its contract's, and ranges over it. Conditions over `t` and the asset's key. */
export const metadataOfAsset = (key: string): readonly string[] => {
  const ofCollection = `t."collection_id" = split_part(${key}, '-', 1) || '-' || split_part(${key}, '-', 2)`
  const tokenId = `split_part(${key}, '-', 3)::numeric`
  return [
    `t."asset_id" = ${key}`,
    `${ofCollection} AND t."scope" = 'contract'`,
    `${ofCollection} AND t."scope" = 'range' AND ${tokenId} >= t."from_token_id" AND (t."to_token_id" IS NULL OR ${tokenId} <= t."to_token_id")`,
  ]
}
