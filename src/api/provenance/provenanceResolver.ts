import {Arg, Args, ArgsType, Ctx, Field, FieldResolver, Query, Resolver, Root, registerEnumType} from 'type-graphql'
import {parseAssetId} from '../../domain/caip'
import {assetKey} from '../../domain/ids'
import {Asset} from '../asset/asset'
import type {Context} from '../context'
import {parseInput} from '../errors'
import {ChainEvent} from '../event/chainEvent'
import {WindowArgs} from '../list/args'
import {createConnection} from '../list/connection'
import type {Page} from '../list/page'
import {AssetIdScalar} from '../scalars'
import {ProvenanceKind, type ProvenanceKindName} from './sources'
import {fetchTimeline} from './timeline'

registerEnumType(ProvenanceKind, {name: 'ProvenanceKind', description: 'Kinds of entries in a timeline.'})

@ArgsType()
export class TimelineWindow extends WindowArgs {
  @Field(() => [ProvenanceKind], {nullable: true, description: 'Default: all.'})
  kinds?: ProvenanceKindName[] | null
  @Field(() => Boolean, {nullable: true, description: 'Default: oldest first.'})
  newestFirst?: boolean | null
  @Field(() => Boolean, {
    nullable: true,
    description: "Also what contracts that are neither the asset's own nor trusted have claimed. Default false.",
  })
  includeUnverified?: boolean | null
}

const ProvenanceConnection = createConnection<ChainEvent>('Provenance', () => ChainEvent)
const connect = (page: Page<ChainEvent>): object => new (ProvenanceConnection as new (page: Page<ChainEvent>) => object)(page)

@Resolver(() => Asset)
export class ProvenanceResolver {
  @Query(() => ProvenanceConnection, {
    description:
      'The whole timeline of an asset in chain order: transfers, metadata changes, licences, royalties, generation proofs, derivatives, and upgrades of its contract.',
  })
  async provenance(
    @Ctx() context: Context,
    @Arg('asset', () => AssetIdScalar) asset: string,
    @Args(() => TimelineWindow) args: TimelineWindow,
  ): Promise<object> {
    return connect(await fetchTimeline(context, assetKey(parseInput(parseAssetId, asset)), args))
  }

  @FieldResolver(() => ProvenanceConnection, {name: 'provenance', description: 'Its whole timeline in chain order.'})
  async timeline(@Ctx() context: Context, @Root() asset: Asset, @Args(() => TimelineWindow) args: TimelineWindow): Promise<object> {
    return connect(await fetchTimeline(context, asset.key, args))
  }
}
