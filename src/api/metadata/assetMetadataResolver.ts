import {Args, Ctx, FieldResolver, Resolver, Root} from 'type-graphql'
import {presentOnly} from '../asOf/presentOnly'
import {Asset} from '../asset/asset'
import {Collection} from '../collection/collection'
import type {Context} from '../context'
import {WindowArgs} from '../list/args'
import {AssetMetadata} from './assetMetadata'
import {loadFacts} from './factsLoader'
import {fetchCoverage, MetadataCoverage} from './metadataCoverage'
import {MetadataHealth} from './metadataHealth'
import {fetchHistory, MetadataVersionConnection} from './metadataHistory'
import {loadFreshness, loadHealth, loadPresent} from './metadataLoaders'

/** Whoever looks at what is old, or was never read, has it read soon. */
async function fetchMetadata(context: Context, key: string): Promise<AssetMetadata | null> {
  if (context.asOf !== null) return fetchPast(context, key)
  const [present, {staleSince}] = await Promise.all([loadPresent(context, key), loadFreshness(context, key)])
  if (staleSince || !present) context.noteReader(key)
  return present && new AssetMetadata(present.row, staleSince, present.mint)
}

/** What was read of it last before its next change: evidence of a past block, which nobody reads anew. */
async function fetchPast(context: Context, key: string): Promise<AssetMetadata | null> {
  const {change, nextBlock} = await loadFacts(context, key)
  const past = await loadPresent(context, key, nextBlock)
  const isCovered = past === null || change === null || past.row.last_block_number >= change.blockNumber
  return past && new AssetMetadata(past.row, isCovered ? null : change.timestamp, past.mint)
}

async function fetchHealth(context: Context, key: string): Promise<MetadataHealth> {
  presentOnly(context, 'metadataHealth')
  const [row, {staleSince}] = await Promise.all([loadHealth(context, key), loadFreshness(context, key)])
  return new MetadataHealth(row, staleSince)
}

@Resolver(() => Asset)
export class AssetMetadataResolver {
  @FieldResolver(() => AssetMetadata, {
    nullable: true,
    description: 'What it says about itself, as last read; null when nothing was read yet: metadataHealth says why.',
  })
  metadata(@Ctx() context: Context, @Root() {key}: Asset): Promise<AssetMetadata | null> {
    return fetchMetadata(context, key)
  }

  @FieldResolver(() => MetadataVersionConnection, {
    description: 'Every document that its URI ever led to, and what was minted where that was found out, by block, newest first.',
  })
  async metadataHistory(@Ctx() context: Context, @Root() {key}: Asset, @Args(() => WindowArgs) args: WindowArgs): Promise<object> {
    const before = context.asOf === null ? null : (await loadFacts(context, key)).nextBlock
    return fetchHistory(context, key, args, before)
  }

  @FieldResolver(() => MetadataHealth, {description: 'Why its metadata is missing or old: every try, and the next one.'})
  metadataHealth(@Ctx() context: Context, @Root() {key}: Asset): Promise<MetadataHealth> {
    return fetchHealth(context, key)
  }
}

@Resolver(() => Collection)
export class CollectionMetadataResolver {
  @FieldResolver(() => AssetMetadata, {
    nullable: true,
    description: 'What the contract says about itself (ERC-7572 contractURI), as last read.',
  })
  metadata(@Ctx() context: Context, @Root() {key}: Collection): Promise<AssetMetadata | null> {
    return fetchMetadata(context, key)
  }

  @FieldResolver(() => MetadataHealth, {description: 'Why the contract’s own metadata is missing or old.'})
  metadataHealth(@Ctx() context: Context, @Root() {key}: Collection): Promise<MetadataHealth> {
    return fetchHealth(context, key)
  }

  @FieldResolver(() => MetadataCoverage, {description: 'How much of its tokens’ metadata is there, and what it is worth.'})
  async metadataCoverage(@Ctx() context: Context, @Root() collection: Collection): Promise<MetadataCoverage> {
    presentOnly(context, 'metadataCoverage')
    return fetchCoverage(context, collection.key, (await collection.row(context))?.assetCount ?? '0')
  }
}
