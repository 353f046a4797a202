import {Args, Ctx, Query, Resolver} from 'type-graphql'
import type {Context} from '../context'
import type {PageArgs} from '../list/pageArgs'
import {transfers} from './transfer'

@Resolver()
export class TransferResolver {
  @Query(() => transfers.Connection, {description: 'Transfers of all assets, newest first.'})
  transfers(@Ctx() context: Context, @Args(() => transfers.Args) args: PageArgs): Promise<object> {
    return transfers.fetch(context, args)
  }
}
