import {Arg, Args, Ctx, FieldResolver, Query, Resolver, Root} from 'type-graphql'
import {Account, accountOrNull} from '../account/account'
import {assets} from '../asset/assets'
import type {Context} from '../context'
import {licenses} from '../license/license'
import type {PageArgs} from '../list/pageArgs'
import {scopeBy} from '../list/pageSql'
import {parseCollectionKey} from '../list/parameters'
import {metadataUpdates} from '../metadata/metadataUpdate'
import {royaltyPayments} from '../royalty/royaltyPayment'
import {royaltyTermsChanges} from '../royalty/royaltyTermsChange'
import {sales} from '../sale/sale'
import {salesOfCollection} from '../sale/saleResolver'
import {transfers} from '../transfer/transfer'
import {contractUpgrades} from '../upgrade/contractUpgrade'
import {Collection} from './collection'
import {collections} from './collections'

const byCollection = scopeBy('collection', 'collection_id', true)

@Resolver(() => Collection)
export class CollectionResolver {
  @Query(() => Collection, {nullable: true, description: 'A collection; null when it said nothing yet.'})
  async collection(
    @Ctx() {load, soleChainId}: Context,
    @Arg('id', () => String, {description: 'CAIP-19 asset type, CAIP-10 account, or a bare address where only one chain is indexed.'})
    id: string,
  ): Promise<Collection | null> {
    const key = parseCollectionKey(id, soleChainId)
    const row = await load.collection.load(key)
    return row && new Collection(key, row)
  }

  @Query(() => collections.Connection, {description: 'Collections.'})
  collections(@Ctx() context: Context, @Args(() => collections.Args) args: PageArgs): Promise<object> {
    return collections.fetch(context, args)
  }

  @FieldResolver(() => Account, {nullable: true, description: 'The configured factory that created it; null for any other contract.'})
  async factory(@Ctx() {load}: Context, @Root() {key}: Collection): Promise<Account | null> {
    return accountOrNull((await load.factoryContract.load(key))?.factory ?? null)
  }

  @FieldResolver(() => assets.Connection, {description: 'Its tokens that a transfer told of.'})
  assets(@Ctx() context: Context, @Root() {key}: Collection, @Args(() => assets.Args) args: PageArgs): Promise<object> {
    return assets.fetchOf(context, byCollection, key, args)
  }

  @FieldResolver(() => transfers.Connection, {description: 'Transfers of its tokens.'})
  transfers(@Ctx() context: Context, @Root() {key}: Collection, @Args(() => transfers.Args) args: PageArgs): Promise<object> {
    return transfers.fetchOf(context, byCollection, key, args)
  }

  @FieldResolver(() => licenses.Connection, {description: 'Licences for its tokens.'})
  licenses(@Ctx() context: Context, @Root() {key}: Collection, @Args(() => licenses.Args) args: PageArgs): Promise<object> {
    return licenses.fetchOf(context, byCollection, key, args)
  }

  @FieldResolver(() => royaltyPayments.Connection, {description: 'Royalties paid for its tokens.'})
  royaltyPayments(@Ctx() context: Context, @Root() {key}: Collection, @Args(() => royaltyPayments.Args) args: PageArgs): Promise<object> {
    return royaltyPayments.fetchOf(context, byCollection, key, args)
  }

  @FieldResolver(() => royaltyTermsChanges.Connection, {
    description: 'What it, or a registry of it, said is due of sales: the history of its terms.',
  })
  royaltyTermsChanges(
    @Ctx() context: Context,
    @Root() {key}: Collection,
    @Args(() => royaltyTermsChanges.Args) args: PageArgs,
  ): Promise<object> {
    return royaltyTermsChanges.fetchOf(context, byCollection, key, args)
  }

  @FieldResolver(() => sales.Connection, {description: 'Sales of its tokens.'})
  sales(@Ctx() context: Context, @Root() {key}: Collection, @Args(() => sales.Args) args: PageArgs): Promise<object> {
    return sales.fetchOf(context, salesOfCollection, key, args)
  }

  @FieldResolver(() => metadataUpdates.Connection, {description: 'What it said of the metadata of its tokens, and of its own.'})
  metadataUpdates(@Ctx() context: Context, @Root() {key}: Collection, @Args(() => metadataUpdates.Args) args: PageArgs): Promise<object> {
    return metadataUpdates.fetchOf(context, byCollection, key, args)
  }

  @FieldResolver(() => contractUpgrades.Connection, {description: 'Changes of its code.'})
  upgrades(@Ctx() context: Context, @Root() {key}: Collection, @Args(() => contractUpgrades.Args) args: PageArgs): Promise<object> {
    return contractUpgrades.fetchOf(context, byCollection, key, args)
  }
}
