import {Arg, Args, Ctx, FieldResolver, Query, Resolver, Root} from 'type-graphql'
import {parseChainId} from '../../domain/caip'
import {ownedSql} from '../asOf/ownedSql'
import {tableSql} from '../asOf/tableSql'
import {assets} from '../asset/assets'
import {balances} from '../asset/balance'
import {presentLife} from '../asset/presentLife'
import type {Context} from '../context'
import {apiError, parseInput} from '../errors'
import {licenses} from '../license/license'
import type {PageArgs} from '../list/pageArgs'
import type {Scope} from '../list/pageSql'
import {parseAnyAccount} from '../list/parameters'
import {royaltyPayments} from '../royalty/royaltyPayment'
import {transfers} from '../transfer/transfer'
import {Account} from './account'

/** Rows that name the account in one of the columns. */
const by = (...columns: readonly string[]) => {
  const parts = (key: string) => columns.map((column, i) => [`t."${column}" = ${key}`, ...others(columns.slice(0, i), key)].join(' AND '))
  return ({chain}: Account): Scope => {
    const [name, field] = [columns.join(), columns.length === 1 ? columns[0] : undefined]
    if (chain === null) return {name, field, parts}
    return {
      field,
      name: `${name}@${chain}`,
      parts: (key) => parts(key).map((part) => `${part} AND t."chain_id" = ${chain}`),
      oneChain: true,
    }
  }
}
const others = (columns: readonly string[], key: string): readonly string[] => columns.map((column) => `t."${column}" <> ${key}`)
const [byOwner, byCreator, byHolder, byParty, byRecipient] = [by('owner'), by('creator'), by('account'), by('from', 'to'), by('recipient')]

/** Licences of its own, those of tokens that it owns (and not of an earlier life of them), and those of tokens that nothing else told of. */
const byLicensee = ({chain}: Account): Scope => {
  const onChain = chain === null ? '' : ` AND t."chain_id" = ${chain}`
  const parts: Scope['parts'] = (key, parameters) => {
    const assets = tableSql('Asset', parameters)
    const owned = parameters.horizon === null ? assets : ownedSql(key, parameters.horizon)
    return [
      `t."licensee" = ${key} AND t."held_by_asset_id" IS NULL${onChain}`,
      `t."held_by_asset_id" IN (SELECT a.id FROM ${owned} a WHERE a.owner = ${key}) AND NOT (t."held_by_asset_id" = t."asset_id"
        AND t."incarnation" < ${presentLife('t."asset_id"', parameters)})${onChain}`,
      `t."licensee" = ${key} AND t."held_by_asset_id" IS NOT NULL AND NOT EXISTS (SELECT FROM ${assets} a WHERE a.id = t."held_by_asset_id")${onChain}`,
    ]
  }
  return {name: `licensee@${chain ?? ''}`, parts, oneChain: chain !== null}
}

@Resolver(() => Account)
export class AccountResolver {
  @Query(() => Account, {description: 'An account on every indexed chain, or on the one that is named.'})
  account(
    @Arg('address', () => String, {description: 'An address in any case, or CAIP-10, which names a chain.'}) address: string,
    @Arg('chainId', () => String, {nullable: true, description: 'CAIP-2: limits its lists to this chain. Default: every indexed chain.'})
    chainId: string | null,
  ): Account {
    const {address: parsed, chainId: own} = parseAnyAccount(address)
    const named = chainId == null ? null : parseInput(parseChainId, chainId)
    if (own !== null && named !== null && own !== named) throw apiError('BAD_USER_INPUT', `${address} is not on ${chainId}`)
    return new Account(parsed, own ?? named)
  }

  @FieldResolver(() => assets.Connection, {description: 'ERC-721 assets it owns.'})
  assets(@Ctx() context: Context, @Root() account: Account, @Args(() => assets.Args) args: PageArgs): Promise<object> {
    return assets.fetchOf(context, byOwner(account), account.address, args)
  }

  @FieldResolver(() => assets.Connection, {description: 'Assets whose mint it paid for.'})
  created(@Ctx() context: Context, @Root() account: Account, @Args(() => assets.Args) args: PageArgs): Promise<object> {
    return assets.fetchOf(context, byCreator(account), account.address, args)
  }

  @FieldResolver(() => balances.Connection, {description: 'ERC-1155 assets it holds.'})
  balances(@Ctx() context: Context, @Root() account: Account, @Args(() => balances.Args) args: PageArgs): Promise<object> {
    return balances.fetchOf(context, byHolder(account), account.address, args)
  }

  @FieldResolver(() => transfers.Connection, {description: 'Transfers from or to it.'})
  transfers(@Ctx() context: Context, @Root() account: Account, @Args(() => transfers.Args) args: PageArgs): Promise<object> {
    return transfers.fetchOf(context, byParty(account), account.address, args)
  }

  @FieldResolver(() => licenses.Connection, {description: 'Licences it holds.'})
  licenses(@Ctx() context: Context, @Root() account: Account, @Args(() => licenses.Args) args: PageArgs): Promise<object> {
    return licenses.fetchOf(context, byLicensee(account), account.address, args)
  }

  @FieldResolver(() => royaltyPayments.Connection, {description: 'Royalties it received.'})
  royaltyPayments(@Ctx() context: Context, @Root() account: Account, @Args(() => royaltyPayments.Args) args: PageArgs): Promise<object> {
    return royaltyPayments.fetchOf(context, byRecipient(account), account.address, args)
  }
}
