import {Args, Ctx, Field, ObjectType, Query, Resolver} from 'type-graphql'
import {Account} from '../account/account'
import {Asset} from '../asset/asset'
import type {Context} from '../context'
import {ChainEvent} from '../event/chainEvent'
import {ASSET_FIELD, AUTHORITY_FIELD, addressField, COLLECTION_FIELD, FACT_FIELDS} from '../event/fields'
import {createList} from '../list/args'
import type {PageArgs} from '../list/pageArgs'
import type {ListSpec} from '../list/spec'
import {HexScalar} from '../scalars'
import type {Stored} from '../stored'

@ObjectType({implements: ChainEvent, description: 'Somebody wrote down on chain what content is, by a hash of it.'})
export class MetadataCommit extends ChainEvent {
  readonly #row: Stored<'MetadataCommit'>
  constructor(row: Stored<'MetadataCommit'>) {
    super(row, row.emitter, row.authority)
    this.#row = row
  }
  @Field(() => Asset, {nullable: true, description: 'Whose content; null where the log names no asset (ERC-7053).'})
  get asset(): Asset | null {
    return this.#row.assetId === null ? null : new Asset(this.#row.assetId)
  }
  @Field(() => Account, {description: 'Who committed to it.'})
  get by(): Account {
    return new Account(this.#row.by)
  }
  @Field(() => HexScalar, {nullable: true, description: 'Hash of the content, by the function of the protocol; null when none was told.'})
  get contentHash(): string | null {
    return this.#row.contentHash
  }
  @Field(() => HexScalar, {nullable: true, description: 'keccak256 of the content identifier (CID), where only that is told.'})
  get cidHash(): string | null {
    return this.#row.cidHash
  }
  @Field(() => String, {nullable: true, description: 'Where the content is, as logged.'})
  get uri(): string | null {
    return this.#row.uri
  }
  @Field(() => String, {nullable: true, description: 'What was said about it.'})
  get note(): string | null {
    return this.#row.note
  }
  @Field(() => String, {description: 'Which standard it came by.'})
  get standard(): string {
    return this.#row.standard
  }
}

const spec: ListSpec = {
  name: 'MetadataCommit',
  table: 'MetadataCommit',
  defaultOrder: 'TIMESTAMP_DESC',
  hasAuthority: true,
  fields: {
    ...FACT_FIELDS,
    asset: ASSET_FIELD,
    collection: COLLECTION_FIELD,
    by: addressField('by', 'Who committed.'),
    contentHash: {kind: 'hex', sql: 't."content_hash"', description: 'Hash of the content.'},
    cidHash: {kind: 'hex', sql: 't."cid_hash"', description: 'keccak256 of the CID as text.'},
    authority: AUTHORITY_FIELD,
  },
}
export const metadataCommits = createList(
  spec,
  () => MetadataCommit,
  (row: Stored<'MetadataCommit'>) => new MetadataCommit(row),
)

@Resolver()
export class MetadataCommitResolver {
  @Query(() => metadataCommits.Connection, {description: 'What content was committed to on chain, newest first.'})
  metadataCommits(@Ctx() context: Context, @Args(() => metadataCommits.Args) args: PageArgs): Promise<object> {
    return metadataCommits.fetch(context, args)
  }
}
