import {Args, Ctx, Query, Resolver} from 'type-graphql'
import type {Context} from '../context'
import type {PageArgs} from '../list/pageArgs'
import {generations} from './generation'

@Resolver()
export class GenerationResolver {
  @Query(() => generations.Connection, {description: 'Generation records, the last changed first.'})
  generations(@Ctx() context: Context, @Args(() => generations.Args) args: PageArgs): Promise<object> {
    return generations.fetch(context, args)
  }
}
