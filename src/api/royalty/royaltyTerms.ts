import {Args, Ctx, FieldResolver, Query, Resolver, Root} from 'type-graphql'
import {collectionId, parseAssetKey} from '../../domain/ids'
import {parseShares} from '../../domain/royaltyTerms'
import {Asset} from '../asset/asset'
import type {Context} from '../context'
import type {PageArgs} from '../list/pageArgs'
import {RoyaltyShare, royaltyTermsChanges} from './royaltyTermsChange'

@Resolver(() => Asset)
export class RoyaltyTermsResolver {
  @Query(() => royaltyTermsChanges.Connection, {description: 'What contracts said is due of sales, newest first: the history of terms.'})
  royaltyTermsChanges(@Ctx() context: Context, @Args(() => royaltyTermsChanges.Args) args: PageArgs): Promise<object> {
    return royaltyTermsChanges.fetch(context, args)
  }

  @FieldResolver(() => [RoyaltyShare], {
    description:
      'Who is due what of a sale of it, as logs have said: of the token, else of its collection, or of the contract that a registry sends there. Empty: no log said it.',
  })
  async royaltyTerms(@Ctx() {load}: Context, @Root() {key}: Asset): Promise<readonly RoyaltyShare[]> {
    const {chainId, collection} = parseAssetKey(key)
    const all = await load.royaltyTerms.load(collectionId(chainId, collection))
    const own = await load.royaltyTerms.load(key)
    const moved = all?.movedTo ? await load.royaltyTerms.load(`${chainId}-${all.movedTo}`) : null
    const shares = all?.movedTo ? (moved?.shares ?? null) : (own?.shares ?? all?.shares ?? null)
    return parseShares(shares).map((share) => new RoyaltyShare(share))
  }
}
