import {Arg, Args, ArgsType, Ctx, Field, FieldResolver, Query, Resolver, Root, registerEnumType} from 'type-graphql'
import {parseAssetId} from '../../domain/caip'
import {assetKey} from '../../domain/ids'
import {ProvenanceKind, type ProvenanceKindName} from '../../domain/provenanceKind'
import {Asset} from '../asset/asset'
import type {Context} from '../context'
import {apiError, parseInput} from '../errors'
import {ChainEvent} from '../event/chainEvent'
import {UNVERIFIED_TOO, WindowArgs} from '../list/args'
import {createConnection} from '../list/connection'
import type {Page} from '../list/page'
import {AssetIdScalar} from '../scalars'
import {KIND_DESCRIPTIONS} from './sources'
import {fetchTimeline} from './timeline'

registerEnumType(ProvenanceKind, {
  name: 'ProvenanceKind',
  description: 'Kinds of entries in a timeline.',
  valuesConfig: KIND_DESCRIPTIONS,
})

@ArgsType()
export class TimelineWindow extends WindowArgs {
  @Field(() => [ProvenanceKind], {nullable: true, description: 'Default: all.'})
  kinds?: ProvenanceKindName[] | null
  @Field(() => Boolean, {nullable: true, description: 'Default: oldest first.'})
  newestFirst?: boolean | null
  @Field(() => Boolean, {nullable: true, description: UNVERIFIED_TOO})
  includeUnverified?: boolean | null
}

const ProvenanceConnection = createConnection<ChainEvent>('Provenance', () => ChainEvent)
const connect = (page: Page<ChainEvent>): object => new (ProvenanceConnection as new (page: Page<ChainEvent>) => object)(page)

@Resolver(() => Asset)
export class ProvenanceResolver {
  @Query(() => ProvenanceConnection, {
    description:
      'The whole timeline of an asset in chain order: transfers, sales, metadata changes, licences, royalties, generation proofs, derivatives, and upgrades of its contract.',
  })
  async provenance(
    @Ctx() context: Context,
    @Arg('asset', () => AssetIdScalar, {nullable: true, description: 'Which asset, CAIP-19; either namespace.'}) asset: string | null,
    @Arg('assetId', () => AssetIdScalar, {nullable: true, description: 'The same by another name; give one of them.'}) assetId:
      | string
      | null,
    @Args(() => TimelineWindow) args: TimelineWindow,
  ): Promise<object> {
    const id = asset ?? assetId
    if (id === null || id === undefined || (asset && assetId && asset !== assetId)) throw apiError('BAD_USER_INPUT', 'name one asset')
    return connect(await fetchTimeline(context, assetKey(parseInput(parseAssetId, id)), args))
  }

  @FieldResolver(() => ProvenanceConnection, {name: 'provenance', description: 'Its whole timeline in chain order.'})
  async timeline(@Ctx() context: Context, @Root() asset: Asset, @Args(() => TimelineWindow) args: TimelineWindow): Promise<object> {
    return connect(await fetchTimeline(context, asset.key, args))
  }
}
