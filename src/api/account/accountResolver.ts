import {Arg, Args, Ctx, FieldResolver, Query, Resolver, Root} from 'type-graphql'
import {assets} from '../asset/assets'
import {balances} from '../asset/balance'
import type {Context} from '../context'
import {licenses} from '../license/license'
import type {PageArgs} from '../list/page'
import {parseAnyAccount} from '../list/parameters'
import {royaltyPayments} from '../royalty/royaltyPayment'
import {transfers} from '../transfer/transfer'
import {Account} from './account'

const by = (column: string) => (key: string) => `t."${column}" = ${key}`

@Resolver(() => Account)
export class AccountResolver {
  @Query(() => Account, {description: 'An account, on every indexed chain at once; its lists take a chainId in where.'})
  account(@Arg('address', () => String, {description: 'An address in any case, or CAIP-10.'}) address: string): Account {
    return new Account(parseAnyAccount(address))
  }

  @FieldResolver(() => assets.Connection, {description: 'ERC-721 assets it owns.'})
  assets(@Ctx() context: Context, @Root() {address}: Account, @Args(() => assets.Args) args: PageArgs): Promise<object> {
    return assets.fetchOf(context, 'owner', by('owner'), address, args)
  }

  @FieldResolver(() => assets.Connection, {description: 'Assets whose mint it paid for.'})
  created(@Ctx() context: Context, @Root() {address}: Account, @Args(() => assets.Args) args: PageArgs): Promise<object> {
    return assets.fetchOf(context, 'creator', by('creator'), address, args)
  }

  @FieldResolver(() => balances.Connection, {description: 'ERC-1155 assets it holds.'})
  balances(@Ctx() context: Context, @Root() {address}: Account, @Args(() => balances.Args) args: PageArgs): Promise<object> {
    return balances.fetchOf(context, 'account', by('account'), address, args)
  }

  @FieldResolver(() => transfers.Connection, {description: 'Transfers from or to it.'})
  transfers(@Ctx() context: Context, @Root() {address}: Account, @Args(() => transfers.Args) args: PageArgs): Promise<object> {
    return transfers.fetchOf(context, 'account', (key) => `t."from" = ${key} OR t."to" = ${key}`, address, args)
  }

  @FieldResolver(() => licenses.Connection, {description: 'Licences it holds.'})
  licenses(@Ctx() context: Context, @Root() {address}: Account, @Args(() => licenses.Args) args: PageArgs): Promise<object> {
    return licenses.fetchOf(context, 'licensee', by('licensee'), address, args)
  }

  @FieldResolver(() => royaltyPayments.Connection, {description: 'Royalties it received.'})
  royaltyPayments(@Ctx() context: Context, @Root() {address}: Account, @Args(() => royaltyPayments.Args) args: PageArgs): Promise<object> {
    return royaltyPayments.fetchOf(context, 'recipient', by('recipient'), address, args)
  }
}
