import {Args, Ctx, Query, Resolver} from 'type-graphql'
import type {Context} from '../context'
import type {PageArgs} from '../list/pageArgs'
import {metadataUpdates} from './metadataUpdate'

@Resolver()
export class MetadataResolver {
  @Query(() => metadataUpdates.Connection, {
    description:
      'Metadata changes, newest first. where.asset finds those of scope TOKEN; asset.metadataUpdates finds all that concern an asset.',
  })
  metadataUpdates(@Ctx() context: Context, @Args(() => metadataUpdates.Args) args: PageArgs): Promise<object> {
    return metadataUpdates.fetch(context, args)
  }
}
