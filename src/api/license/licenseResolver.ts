import {Arg, Args, Ctx, Query, Resolver} from 'type-graphql'
import {parseAssetId} from '../../domain/caip'
import {assetKey} from '../../domain/ids'
import type {Context} from '../context'
import {parseInput} from '../errors'
import type {PageArgs} from '../list/page'
import {parseAnyAccount, parseLicenseId} from '../list/parameters'
import {AssetIdScalar, DateTimeScalar} from '../scalars'
import {judgeBest} from './judge'
import {License, licenses} from './license'
import {LicenseCheck} from './licenseCheck'
import {loadLineages} from './lineages'

/** An account with more grants for one asset than this is judged by its latest. */
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

  @Query(() => LicenseCheck, {description: 'May this account use this asset at this time, under which grant, or why not.'})
  async licenseCheck(
    @Ctx() {db, load, now}: Context,
    @Arg('asset', () => AssetIdScalar) asset: string,
    @Arg('account', () => String, {description: 'An address, or CAIP-10.'}) account: string,
    @Arg('at', () => DateTimeScalar, {nullable: true, description: 'Default: now.'}) at: Date | null,
    @Arg('includeUnverified', () => Boolean, {
      nullable: true,
      description: "Also what contracts that are neither the asset's own nor trusted have granted.",
    })
    includeUnverified: boolean | null,
  ): Promise<LicenseCheck> {
    const key = assetKey(parseInput(parseAssetId, asset))
    const holder = parseAnyAccount(account)
    const grants = await db.query<{id: string}>(
      `SELECT id FROM license WHERE asset_id = $1 AND licensee = $2 AND ($3 OR authority <> 'unverified') ORDER BY id DESC LIMIT ${MAX_GRANTS}`,
      [key, holder, includeUnverified === true],
    )
    const {lineage, judgement} = judgeBest(
      await loadLineages(
        db,
        grants.map(({id}) => id),
      ),
      at ?? now,
    )
    const [balance] = await db.query<{held: boolean}>('SELECT amount > 0 AS held FROM balance WHERE id = $1', [`${key}-${holder}`])
    return {
      permitted: judgement.code === 'PERMITTED',
      reason: judgement.code,
      message: judgement.message,
      license: lineage && new License(lineage.license),
      ancestors: lineage?.ancestors.map((row) => new License(row)) ?? [],
      ancestryKnown: lineage?.complete ?? true,
      isOwner: (await load.asset.load(key))?.owner === holder || balance?.held === true,
      at: at ?? now,
    }
  }
}
