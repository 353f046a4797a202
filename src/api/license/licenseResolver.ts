import {Arg, Args, Ctx, Query, Resolver} from 'type-graphql'
import {formatChainId, parseAssetId} from '../../domain/caip'
import {assetKey} from '../../domain/ids'
import {Asset} from '../asset/asset'
import type {Context} from '../context'
import {apiError, parseInput} from '../errors'
import {UNVERIFIED_TOO} from '../list/args'
import type {PageArgs} from '../list/pageArgs'
import {parseAnyAccount, parseLicenseId} from '../list/parameters'
import {AssetIdScalar, DateTimeScalar} from '../scalars'
import {judgeBest} from './judge'
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
    @Arg('id', () => String, {description: 'eip155:<chain>:0x<granting contract>/<number>'}) id: string,
  ): Promise<License | null> {
    const row = await load.license.load(parseInput(parseLicenseId, id))
    return row && new License(row)
  }

  @Query(() => LicenseCheck, {
    description:
      'May this account use this asset at this time, under which grant, or why not. Holders and revocations are as of the answer; the time only decides what has started, expired or been revoked.',
  })
  async licenseCheck(
    @Ctx() context: Context,
    @Arg('asset', () => AssetIdScalar, {description: 'What is to be used, CAIP-19.'}) asset: string,
    @Arg('account', () => String, {description: 'Who wants to use it: an address, or CAIP-10 on the chain of the asset.'}) account: string,
    @Arg('at', () => DateTimeScalar, {nullable: true, description: 'Default: now.'}) at: Date | null,
    @Arg('includeUnverified', () => Boolean, {nullable: true, description: UNVERIFIED_TOO})
    includeUnverified: boolean | null,
  ): Promise<LicenseCheck> {
    const ref = parseInput(parseAssetId, asset)
    const holder = parseAnyAccount(account)
    if (holder.chainId !== null && holder.chainId !== ref.chainId)
      throw apiError('BAD_USER_INPUT', `the account is on ${formatChainId(holder.chainId)}, the asset on ${formatChainId(ref.chainId)}`)
    const key = assetKey(ref)
    const moment = at ?? context.now
    const grants = await findGrants(context, key, holder.address, moment, includeUnverified === true)
    const {lineage, judgement} = judgeBest(grants, moment)
    return {
      permitted: judgement.code === 'PERMITTED',
      reason: judgement.code,
      message: judgement.message,
      license: lineage && new License(lineage.license),
      ancestors: lineage?.ancestors.map((row) => new License(row)) ?? [],
      ancestryKnown: (lineage?.ancestry ?? 'known') === 'known',
      isOwner: await isOwner(context, key, holder.address),
      at: moment,
    }
  }
}

/** Those first that can permit: nobody else's grants can hide them. */
async function findGrants({db, load}: Context, asset: string, holder: string, at: Date, includeUnverified: boolean) {
  const rows = await db.query<{id: string}>(
    `SELECT t.id FROM license t LEFT JOIN asset h ON h.id = t.held_by_asset_id
     WHERE t.asset_id = $1 AND CASE WHEN h.id IS NULL THEN t.licensee ELSE h.owner END = $2 AND ($3 OR t.authority <> 'unverified')
     ORDER BY t.authority = 'unverified', coalesce(t.revoked_from <= $4, false), t.exercised_at IS NOT NULL, coalesce(t.expiry < $4, false),
       t.start_time > $4, t.grant_id DESC
     LIMIT ${MAX_GRANTS}`,
    [asset, holder, includeUnverified, Math.floor(at.getTime() / 1000)],
    true,
  )
  const lineages = await Promise.all(rows.map(({id}) => load.lineage.load(id)))
  return lineages.filter((lineage) => lineage !== null)
}

async function isOwner(context: Context, asset: string, holder: string): Promise<boolean> {
  if ((await new Asset(asset).owner(context))?.address === holder) return true
  const [balance] = await context.db.query<{held: boolean}>(
    'SELECT amount > 0 AS held FROM balance WHERE id = $1',
    [`${asset}-${holder}`],
    true,
  )
  return balance?.held === true
}
