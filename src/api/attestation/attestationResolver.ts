import {Args, Ctx, FieldResolver, Query, Resolver, Root} from 'type-graphql'
import {Asset} from '../asset/asset'
import type {Context} from '../context'
import type {PageArgs} from '../list/pageArgs'
import {type Scope, scopeBy} from '../list/pageSql'
import {attestations} from './attestation'

const byAsset: Scope = {...scopeBy('asset', 'asset_id', true), field: 'asset'}

@Resolver(() => Asset)
export class AttestationResolver {
  @Query(() => attestations.Connection, {
    description: 'What is vouched for, newest first, by registries that the operator trusts. Choose attesters that you trust.',
  })
  attestations(@Ctx() context: Context, @Args(() => attestations.Args) args: PageArgs): Promise<object> {
    return attestations.fetch(context, args)
  }

  @FieldResolver(() => attestations.Connection, {name: 'attestations', description: 'What is vouched for of this token.'})
  ofAsset(@Ctx() context: Context, @Root() {key}: Asset, @Args(() => attestations.Args) args: PageArgs): Promise<object> {
    return attestations.fetchOf(context, byAsset, key, args)
  }
}
