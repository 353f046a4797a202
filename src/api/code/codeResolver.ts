import {Arg, Ctx, FieldResolver, Resolver, Root} from 'type-graphql'
import {presentOnly} from '../asOf/presentOnly'
import {Asset} from '../asset/asset'
import {Collection} from '../collection/collection'
import type {Context} from '../context'
import {DateTimeScalar} from '../scalars'
import {CodeVersion, codeAt} from './codeVersion'

@Resolver(() => Asset)
export class AssetCodeResolver {
  @FieldResolver(() => CodeVersion, {
    nullable: true,
    description: 'The code that its contract ran by when it was minted, with what was vouched for of it; null when no mint was seen.',
  })
  async codeAtMint(@Ctx() context: Context, @Root() asset: Asset): Promise<CodeVersion | null> {
    presentOnly(context, 'codeAtMint')
    const row = await asset.row(context)
    return row?.mintId && row.mintedAt ? codeAt(context, row.collectionId, row.mintId, row.mintedAt) : null
  }
}

@Resolver(() => Collection)
export class CollectionCodeResolver {
  @FieldResolver(() => CodeVersion, {description: 'The code that it runs by, or ran by at a moment.'})
  async code(
    @Ctx() context: Context,
    @Root() {key}: Collection,
    @Arg('at', () => DateTimeScalar, {nullable: true, description: 'Default: now.'}) at: Date | null,
  ): Promise<CodeVersion> {
    presentOnly(context, 'code')
    return codeAt(context, key, at ? await keyAt(context, key, at) : '', at ?? context.now)
  }
}

/** The last key that a log up to a moment can have. */
async function keyAt({db}: Context, collectionKey: string, at: Date): Promise<string> {
  const [row] = await db.query<{id: string | null}>(
    `SELECT max(id) AS id FROM contract_upgrade WHERE timestamp <= $2 AND id >= lpad($1, 16, '0') AND id < lpad(($1::numeric + 1)::text, 16, '0')`,
    [collectionKey.split('-')[0], at],
  )
  return row?.id ?? '0'
}
