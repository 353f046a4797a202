import {Ctx, FieldResolver, Resolver, Root} from 'type-graphql'
import {chainOf} from '../../domain/ids'
import {Account} from '../account/account'
import {knownSql, tableSql} from '../asOf/tableSql'
import {Asset} from '../asset/asset'
import type {Context} from '../context'
import {apiError} from '../errors'
import {createParameters} from '../list/parameters'

/** Accounts of tokens of accounts of tokens: nobody nests deeper, and whoever makes a circle owns nothing. */
const MAX_STEPS = 16
const MAX_ACCOUNTS = 100

/** The address of a bound account follows from its token, so that it is the same token on every chain. */
async function tokenOf(context: Context, address: string): Promise<string | null> {
  const bound = context.nested('token of account', async (accounts) => {
    const parameters = createParameters(context)
    const list = parameters.add(accounts)
    const rows = await context.db.query<{account: string; asset_id: string}>(
      `SELECT DISTINCT ON (t.account) t.account, t.asset_id FROM ${tableSql('TokenAccount', parameters)} t
       WHERE t.account = ANY(${list}::text[]) ORDER BY t.account, t.id`,
      parameters.values,
      true,
    )
    const found = new Map(rows.map((row) => [row.account, row.asset_id]))
    return accounts.map((account) => found.get(account) ?? null)
  })
  const token = (await bound.load(address)) as string | null
  if (token !== null) await requireTold(context, token)
  return token
}

/** As of a block of one chain nothing can be said of a token of another: nobody would seem to own it. */
async function requireTold(context: Context, token: string): Promise<void> {
  const chainId = chainOf(token)
  const {asOf} = context
  if (asOf === null || asOf.horizons.some((horizon) => horizon.chainId === chainId)) return
  if ((await context.chains()).some((chain) => chain.chainId === chainId))
    throw apiError(
      'AS_OF_UNSUPPORTED',
      `the token of the account is on eip155:${chainId}; ask as of a timestamp, which holds for all chains`,
    )
}

/** Null: nobody. */
async function rootOwner(context: Context, start: string): Promise<string | null> {
  const seen = new Set<string>()
  for (let address = start; seen.size < MAX_STEPS && !seen.has(address); ) {
    seen.add(address)
    const token = await tokenOf(context, address)
    if (token === null) return address
    const owner = await new Asset(token).owner(context)
    if (!owner) return null
    address = owner.address
  }
  return null
}

@Resolver(() => Account)
export class TokenAccountResolver {
  @FieldResolver(() => Asset, {nullable: true, description: 'The token that it belongs to (ERC-6551); null: none that a log told of.'})
  async token(@Ctx() context: Context, @Root() {address}: Account): Promise<Asset | null> {
    const key = await tokenOf(context, address)
    return key === null ? null : new Asset(key)
  }

  @FieldResolver(() => Account, {
    nullable: true,
    description:
      'Who owns it in the end: the owner of its token, or of the token that that account belongs to, and so on; itself when it belongs to no token, null when its token is burned, is an ERC-1155 kind, or owns itself.',
  })
  async rootOwner(@Ctx() context: Context, @Root() {address}: Account): Promise<Account | null> {
    const owner = await rootOwner(context, address)
    return owner === null ? null : new Account(owner)
  }
}

@Resolver(() => Asset)
export class AssetAccountResolver {
  @FieldResolver(() => [Account], {
    description: `Accounts that belong to it (ERC-6551), in the order of their addresses; at most ${MAX_ACCOUNTS}.`,
  })
  async accounts(@Ctx() context: Context, @Root() {key}: Asset): Promise<readonly Account[]> {
    const bound = context.nested('accounts of token', async (keys) => {
      const parameters = createParameters(context)
      const list = parameters.add(keys)
      const rows = await context.db.query<{key: string; account: string}>(
        `SELECT k.key, a.account FROM unnest(${list}::text[]) k(key) CROSS JOIN LATERAL
           (SELECT DISTINCT t.account FROM account_binding t WHERE t.asset_id = k.key AND t.authority <> 'unverified' AND ${knownSql(parameters)}
            ORDER BY 1 LIMIT ${MAX_ACCOUNTS}) a`,
        parameters.values,
        true,
      )
      return keys.map((each) => rows.filter((row) => row.key === each).map((row) => row.account))
    })
    return ((await bound.load(key)) as readonly string[]).map((address) => new Account(address))
  }

  @FieldResolver(() => Account, {
    nullable: true,
    description: 'Its owner, or who owns the token that the owner is an account of, and so on.',
  })
  async rootOwner(@Ctx() context: Context, @Root() asset: Asset): Promise<Account | null> {
    const owner = await asset.owner(context)
    const root = owner && (await rootOwner(context, owner.address))
    return root === null ? null : new Account(root)
  }
}
