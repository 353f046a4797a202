import {Args, Ctx, FieldResolver, Resolver, Root} from 'type-graphql'
import {presentOnly} from '../asOf/presentOnly'
import {Asset} from '../asset/asset'
import {Collection} from '../collection/collection'
import type {Context} from '../context'
import {WindowArgs} from '../list/args'
import {AssetMetadata} from './assetMetadata'
import {fetchCoverage, MetadataCoverage} from './metadataCoverage'
import {MetadataHealth} from './metadataHealth'
import {fetchHistory, MetadataVersionConnection} from './metadataHistory'
import {loadFreshness, loadHealth, loadPresent} from './metadataLoaders'

/** Whoever looks at what is old, or was never read, has it read soon. */
async function fetchMetadata(context: Context, key: string): Promise<AssetMetadata | null> {
  presentOnly(context, 'metadata')
  const [present, {staleSince}] = await Promise.all([loadPresent(context, key), loadFreshness(context, key)])
  if (staleSince || !present) context.noteReader(key)
  return present && new AssetMetadata(present.row, staleSince, present.mint)
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

  @FieldResolver(() => MetadataVersionConnection, {description: 'Every document that its URI ever led to, newest first.'})
  async metadataHistory(@Ctx() context: Context, @Root() {key}: Asset, @Args(() => WindowArgs) args: WindowArgs): Promise<object> {
    presentOnly(context, 'metadataHistory')
    return fetchHistory(context, key, args)
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
