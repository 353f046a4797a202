import {Arg, Args, Ctx, FieldResolver, Query, Resolver, Root} from 'type-graphql'
import {parseAssetId} from '../../domain/caip'
import {assetKey} from '../../domain/ids'
import {knownSql} from '../asOf/tableSql'
import type {Context} from '../context'
import {parseInput} from '../errors'
import {Generation, generations} from '../generation/generation'
import {licenses} from '../license/license'
import type {PageArgs} from '../list/pageArgs'
import {type Scope, scopeBy} from '../list/pageSql'
import {createParameters} from '../list/parameters'
import {metadataOfAsset, metadataUpdates} from '../metadata/metadataUpdate'
import {royaltyPayments} from '../royalty/royaltyPayment'
import {AssetIdScalar} from '../scalars'
import {Transfer, transfers} from '../transfer/transfer'
import {Asset} from './asset'
import {assets} from './assets'
import {balances} from './balance'
import {presentLife} from './presentLife'

const byAsset = scopeBy('asset', 'asset_id', true)
/** An earlier life was another token: what it was licensed or proven for is in the root lists and in the timeline. */
const byPresentLife: Scope = {
  name: 'asset present',
  parts: (key, parameters) => [`t."asset_id" = ${key} AND t."incarnation" = ${presentLife(key, parameters)}`],
  oneChain: true,
}
const concerningAsset: Scope = {name: 'asset', parts: metadataOfAsset, oneChain: true}

@Resolver(() => Asset)
export class AssetResolver {
  @Query(() => Asset, {
    nullable: true,
    description: 'An asset, also one that only a licence, a proof or a metadata change has told of; null when nothing has.',
  })
  async asset(
    @Ctx() context: Context,
    @Arg('id', () => AssetIdScalar, {description: 'CAIP-19; either namespace.'}) id: string,
  ): Promise<Asset | null> {
    const key = assetKey(parseInput(parseAssetId, id))
    const row = await context.load.asset.load(key)
    if (row) return new Asset(key, row)
    return (await isMentioned(context, key)) ? new Asset(key) : null
  }

  @Query(() => assets.Connection, {description: 'Assets that a transfer told of.'})
  assets(@Ctx() context: Context, @Args(() => assets.Args) args: PageArgs): Promise<object> {
    return assets.fetch(context, args)
  }

  @FieldResolver(() => Transfer, {nullable: true, description: 'The mint of its present life; null when none was seen.'})
  async mint(@Ctx() context: Context, @Root() asset: Asset): Promise<Transfer | null> {
    const id = (await asset.row(context))?.mintId
    const row = id ? await context.load.transfer.load(id) : null
    return row && new Transfer(row)
  }

  @FieldResolver(() => transfers.Connection, {description: 'Its transfers.'})
  transfers(@Ctx() context: Context, @Root() {key}: Asset, @Args(() => transfers.Args) args: PageArgs): Promise<object> {
    return transfers.fetchOf(context, byAsset, key, args)
  }

  @FieldResolver(() => balances.Connection, {description: 'ERC-1155: who holds how much.'})
  balances(@Ctx() context: Context, @Root() {key}: Asset, @Args(() => balances.Args) args: PageArgs): Promise<object> {
    return balances.fetchOf(context, byAsset, key, args)
  }

  @FieldResolver(() => licenses.Connection, {
    description: 'Licences for it in its present life; `licenses` has those of earlier lives too.',
  })
  licenses(@Ctx() context: Context, @Root() {key}: Asset, @Args(() => licenses.Args) args: PageArgs): Promise<object> {
    return licenses.fetchOf(context, byPresentLife, key, args)
  }

  @FieldResolver(() => royaltyPayments.Connection, {description: 'Royalties paid for it.'})
  royaltyPayments(@Ctx() context: Context, @Root() {key}: Asset, @Args(() => royaltyPayments.Args) args: PageArgs): Promise<object> {
    return royaltyPayments.fetchOf(context, byAsset, key, args)
  }

  @FieldResolver(() => metadataUpdates.Connection, {
    description: 'Metadata changes that concern it: its own, ranges over it, and the contract’s.',
  })
  metadataUpdates(@Ctx() context: Context, @Root() {key}: Asset, @Args(() => metadataUpdates.Args) args: PageArgs): Promise<object> {
    return metadataUpdates.fetchOf(context, concerningAsset, key, args)
  }

  @FieldResolver(() => generations.Connection, {
    description: 'How it was generated, in its present life; `generations` has those of earlier lives too.',
  })
  generations(@Ctx() context: Context, @Root() {key}: Asset, @Args(() => generations.Args) args: PageArgs): Promise<object> {
    return generations.fetchOf(context, byPresentLife, key, args)
  }

  @FieldResolver(() => Generation, {
    nullable: true,
    description: 'The generation that its content stands for now; null when none was told of its present life.',
  })
  async generation(@Ctx() context: Context, @Root() asset: Asset): Promise<Generation | null> {
    const {load} = context
    const head = await load.generationHead.load(asset.key)
    if (head?.incarnation !== (await asset.incarnation(context))) return null
    const row = await load.generation.load(head.generationId)
    return row && new Generation(row)
  }
}

/** Anything that a log said of it, whoever said it. */
const MENTIONING = [
  'license_event',
  'generation_event',
  'royalty_payment',
  'metadata_change',
  'metadata_commit',
  'token_lock',
  'attestation_event',
  'stake_allocation',
] as const

async function isMentioned(context: Context, key: string): Promise<boolean> {
  if (await context.load.rangeHolder.load(key)) return true
  const parameters = createParameters(context)
  const [asset, known] = [parameters.add(key), knownSql(parameters)]
  const told = (condition: string) => (table: string) => `EXISTS (SELECT FROM ${table} t WHERE (${condition}) AND ${known})`
  const mentions = [
    ...MENTIONING.map(told(`t.asset_id = ${asset}`)),
    told(`t.id IN (SELECT i.sale_id FROM sale_item i WHERE i.asset_id = ${asset})`)('sale'),
    told(`t.parent_asset_id = ${asset} OR t.child_asset_id = ${asset}`)('derivative'),
  ]
  const [found] = await context.db.query<{known: boolean}>(`SELECT ${mentions.join(' OR ')} AS known`, parameters.values)
  return found?.known === true
}
