import {Args, Ctx, FieldResolver, Query, Resolver, Root} from 'type-graphql'
import {Asset} from '../asset/asset'
import type {Context} from '../context'
import type {PageArgs} from '../list/pageArgs'
import type {Scope} from '../list/pageSql'
import {sales} from './sale'

const withItemOf = (name: string, column: string): Scope => ({
  name,
  parts: (key) => [`t."id" IN (SELECT i.sale_id FROM sale_item i WHERE i."${column}" = ${key})`],
  oneChain: true,
})
export const salesOfCollection = withItemOf('collection', 'collection_id')
const salesOfAsset = withItemOf('asset', 'asset_id')

@Resolver(() => Asset)
export class SaleResolver {
  @Query(() => sales.Connection, {description: 'Sales, newest first: each trade once, however many logs tell it.'})
  sales(@Ctx() context: Context, @Args(() => sales.Args) args: PageArgs): Promise<object> {
    return sales.fetch(context, args)
  }

  @FieldResolver(() => sales.Connection, {name: 'sales', description: 'Sales of it, alone or with others.'})
  salesOfAsset(@Ctx() context: Context, @Root() {key}: Asset, @Args(() => sales.Args) args: PageArgs): Promise<object> {
    return sales.fetchOf(context, salesOfAsset, key, args)
  }
}
