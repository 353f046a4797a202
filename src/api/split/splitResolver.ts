import {Args, Ctx, FieldResolver, Query, Resolver, Root} from 'type-graphql'
import {Account} from '../account/account'
import type {Context} from '../context'
import type {PageArgs} from '../list/pageArgs'
import type {Scope} from '../list/pageSql'
import {splitChanges} from './splitChange'
import {splitDistributions} from './splitDistribution'

/** An address may be a split on several chains. */
const ofSplit = ({chain}: Account): Scope => ({
  name: `split@${chain ?? ''}`,
  parts: (key) => [`t."split" = ${key}${chain === null ? '' : ` AND t."chain_id" = ${chain}`}`],
  oneChain: chain !== null,
})

@Resolver(() => Account)
export class SplitResolver {
  @Query(() => splitChanges.Connection, {description: 'What splits said of their recipients, newest first.'})
  splitChanges(@Ctx() context: Context, @Args(() => splitChanges.Args) args: PageArgs): Promise<object> {
    return splitChanges.fetch(context, args)
  }

  @Query(() => splitDistributions.Connection, {description: 'What splits paid out, newest first.'})
  splitDistributions(@Ctx() context: Context, @Args(() => splitDistributions.Args) args: PageArgs): Promise<object> {
    return splitDistributions.fetch(context, args)
  }

  @FieldResolver(() => splitChanges.Connection, {
    name: 'splitChanges',
    description: 'Where it is a split: what it said of its recipients, newest first; the first is what holds.',
  })
  changesOfSplit(@Ctx() context: Context, @Root() account: Account, @Args(() => splitChanges.Args) args: PageArgs): Promise<object> {
    return splitChanges.fetchOf(context, ofSplit(account), account.address, args)
  }

  @FieldResolver(() => splitDistributions.Connection, {name: 'splitDistributions', description: 'Where it is a split: what it paid out.'})
  distributionsOfSplit(
    @Ctx() context: Context,
    @Root() account: Account,
    @Args(() => splitDistributions.Args) args: PageArgs,
  ): Promise<object> {
    return splitDistributions.fetchOf(context, ofSplit(account), account.address, args)
  }
}
