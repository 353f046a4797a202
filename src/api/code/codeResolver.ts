import {Arg, Ctx, FieldResolver, Resolver, Root} from 'type-graphql'
import {chainOf} from '../../domain/ids'
import {keysUpTo} from '../asOf/asOf'
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
    const row = await asset.row(context)
    return row?.mintId && row.mintedAt ? codeAt(context, row.collectionId, {at: row.mintId, from: row.mintedAt, to: row.mintedAt}) : null
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
    const {now, latest} = await context.span(at)
    return codeAt(context, key, {at: at ? await keyAt(context, key, at) : '', from: now, to: latest})
  }
}

/** The last key that a log up to a moment can have; never one that the answer does not know. */
async function keyAt({db, asOf}: Context, collectionKey: string, at: Date): Promise<string> {
  const chainId = chainOf(collectionKey)
  const [block] = await db.query<{number: number}>(
    'SELECT number FROM block WHERE chain_id = $1 AND "timestamp" <= $2 ORDER BY "timestamp" DESC, number DESC LIMIT 1',
    [chainId, at],
  )
  const {lastKey} = keysUpTo(chainId, block?.number ?? null)
  const end = asOf?.horizons.find((horizon) => horizon.chainId === chainId)?.lastKey
  return end !== undefined && end < lastKey ? end : lastKey
}
