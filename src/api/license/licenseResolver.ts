import {Arg, Args, Ctx, Query, Resolver} from 'type-graphql'
import {formatChainId, parseAssetId} from '../../domain/caip'
import {assetKey} from '../../domain/ids'
import {tableSql} from '../asOf/tableSql'
import {Asset} from '../asset/asset'
import {presentLife} from '../asset/presentLife'
import type {Context} from '../context'
import {apiError, parseInput} from '../errors'
import {UNVERIFIED_TOO} from '../list/args'
import type {PageArgs} from '../list/pageArgs'
import {createParameters, parseAnyAccount, parseLicenseId} from '../list/parameters'
import {AssetIdScalar, DateTimeScalar} from '../scalars'
import {judgeBestBetween} from './judgeBetween'
import {License, licenses} from './license'
import {LicenseCheck} from './licenseCheck'

/** Grants of one asset to one account that are judged. */
const MAX_GRANTS = 500

@Resolver()
export class LicenseResolver {
  @Query(() => licenses.Connection, {description: 'Licences, newest first.'})
  licenses(@Ctx() context: Context, @Args(() => licenses.Args) args: PageArgs): Promise<object> {
    return licenses.fetch(context, args)
  }

  @Query(() => License, {nullable: true, description: 'One licence; null when no grant of it is known.'})
  async license(
    @Ctx() {load}: Context,
    @Arg('id', () => String, {description: 'eip155:<chain>:0x<granting contract>/<number>; see License.id.'}) id: string,
  ): Promise<License | null> {
    const row = await load.license.load(parseInput(parseLicenseId, id))
    return row && new License(row)
  }

  @Query(() => LicenseCheck, {
    description:
      'May this account use this asset, as it lives at present, at this time, under which grant, or why not. Holders and revocations are as of the answer, or of the block of asOf; the time only decides what has started, expired or been revoked.',
  })
  async licenseCheck(
    @Ctx() context: Context,
    @Arg('asset', () => AssetIdScalar, {description: 'What is to be used, CAIP-19.'}) asset: string,
    @Arg('account', () => String, {description: 'Who wants to use it: an address, or CAIP-10 on the chain of the asset.'}) account: string,
    @Arg('at', () => DateTimeScalar, {nullable: true, description: 'Default: now, or the time of the block of asOf.'}) at: Date | null,
    @Arg('includeUnverified', () => Boolean, {nullable: true, description: UNVERIFIED_TOO})
    includeUnverified: boolean | null,
  ): Promise<LicenseCheck> {
    const ref = parseInput(parseAssetId, asset)
    const holder = parseAnyAccount(account)
    if (holder.chainId !== null && holder.chainId !== ref.chainId)
      throw apiError('BAD_USER_INPUT', `the account is on ${formatChainId(holder.chainId)}, the asset on ${formatChainId(ref.chainId)}`)
    const key = assetKey(ref)
    // First, as it needs no time: along with it comes when the block of asOf was.
    const isItsOwner = await isOwner(context, key, holder.address)
    const {now: moment, latest} = await context.span(at)
    const grants = await findGrants(context, key, holder.address, moment, includeUnverified === true)
    const {lineage, judgement} = judgeBestBetween(grants, moment, latest)
    return {
      permitted: judgement.code === 'PERMITTED',
      reason: judgement.code,
      message: judgement.message,
      license: lineage && new License(lineage.license),
      ancestors: lineage?.ancestors.map((row) => new License(row)) ?? [],
      ancestryKnown: (lineage?.ancestry ?? 'known') === 'known',
      isOwner: isItsOwner,
      assetBurned: await new Asset(key).burned(context),
      at: moment,
    }
  }
}

/** Those first that can permit: nobody else's grants can hide them. */
async function findGrants(context: Context, asset: string, holder: string, at: Date, includeUnverified: boolean) {
  const parameters = createParameters(context)
  const second = Math.floor(at.getTime() / 1000)
  const [assetId, account, anyone, now] = [asset, holder, includeUnverified, second].map(parameters.add) as [string, string, string, string]
  const rows = await context.db.query<{id: string}>(
    `SELECT t.id FROM ${tableSql('License', parameters)} t LEFT JOIN ${tableSql('Asset', parameters)} h ON h.id = t.held_by_asset_id
     WHERE t.asset_id = ${assetId} AND t.incarnation = ${presentLife(assetId, parameters)} AND CASE WHEN h.id IS NULL THEN t.licensee ELSE h.owner END = ${account} AND (${anyone} OR t.authority <> 'unverified')
     ORDER BY t.authority = 'unverified', coalesce(t.revoked_from <= ${now}, false), t.exercised_at IS NOT NULL,
        coalesce(t.expiry < ${now}, false), t.start_time > ${now}, t.grant_id DESC
     LIMIT ${MAX_GRANTS}`,
    parameters.values,
    true,
  )
  const lineages = await Promise.all(rows.map(({id}) => context.load.lineage.load(id)))
  return lineages.filter((lineage) => lineage !== null)
}

async function isOwner(context: Context, asset: string, holder: string): Promise<boolean> {
  const token = new Asset(asset)
  if ((await token.owner(context))?.address === holder) return true
  // Balances are of ERC-1155 alone.
  if ((await token.standard(context)) !== 'erc1155') return false
  const parameters = createParameters(context)
  const id = parameters.add(`${asset}-${holder}`)
  const [balance] = await context.db.query<{held: boolean}>(
    `SELECT t.amount > 0 AS held FROM ${tableSql('Balance', parameters)} t WHERE t.id = ${id}`,
    parameters.values,
    true,
  )
  return balance?.held === true
}
