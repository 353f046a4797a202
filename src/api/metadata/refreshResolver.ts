import {Arg, Ctx, Field, InputType, Int, Mutation, ObjectType, Query, Resolver, registerEnumType} from 'type-graphql'
import {parseAssetId} from '../../domain/caip'
import {assetKey} from '../../domain/ids'
import {
  createRefreshRequest,
  type RefreshRequest,
  readRefreshRate,
  readRefreshRequest,
  type Wanted,
} from '../../metadata/refresh/refreshRequest'
import {clientOf} from '../admission/clientAddress'
import {createRateLimit} from '../admission/rateLimit'
import {requireScope} from '../clients'
import type {Context} from '../context'
import {apiError, parseInput} from '../errors'
import {parseCollectionKey} from '../list/parameters'
import {AssetIdScalar, BigIntScalar, DateTimeScalar} from '../scalars'

const RefreshState = {PENDING: 'pending', COMPLETED: 'completed'} as const
registerEnumType(RefreshState, {
  name: 'RefreshState',
  description: 'How far a request is.',
  valuesConfig: {PENDING: {description: 'Not all of it was tried yet.'}, COMPLETED: {description: 'All of it was tried.'}},
})

@InputType({description: 'Ids from one to another, inclusive.'})
export class TokenRangeInput {
  @Field(() => BigIntScalar, {description: 'The first id.'})
  from!: string
  @Field(() => BigIntScalar, {nullable: true, description: 'The last id; null: all from the first on.'})
  to?: string | null
}

@ObjectType({description: 'A request to read metadata anew.'})
export class MetadataRefresh {
  readonly #request: RefreshRequest
  readonly #rate: number
  constructor(request: RefreshRequest, rate: number) {
    this.#request = request
    this.#rate = rate
  }
  @Field(() => String, {description: 'Names the request; see Query.metadataRefresh.'})
  get id(): string {
    return this.#request.id
  }
  @Field(() => RefreshState, {description: 'How far it is.'})
  get state(): string {
    return this.#request.completedAt ? 'completed' : 'pending'
  }
  @Field(() => Int, {description: 'Tokens that it named when it came; counted up to a million.'})
  get tokens(): number {
    return this.#request.tokens
  }
  @Field(() => Int, {description: 'How long all of it should take from when it came, as the last such requests went.'})
  get estimatedSeconds(): number {
    return Math.ceil(this.#request.tokens / this.#rate) + 1
  }
  @Field(() => DateTimeScalar, {description: 'When it came.'})
  get createdAt(): Date {
    return this.#request.createdAt
  }
  @Field(() => DateTimeScalar, {nullable: true, description: 'When all of it was tried.'})
  get completedAt(): Date | null {
    return this.#request.completedAt
  }
  @Field(() => Int, {nullable: true, description: 'Tokens that were read; null until it is completed.'})
  get read(): number | null {
    return this.#request.read
  }
  @Field(() => Int, {
    nullable: true,
    description: 'Tokens that could not be read: asset.metadataHealth says why. Null until it is completed.',
  })
  get failed(): number | null {
    return this.#request.failed
  }
}

/** Of an address without a key: assets a minute. A key has the limits of its requests. */
export const KEYLESS_ASSETS_PER_MINUTE = 30
const MOST_ASSETS = 100
/** Where nothing was measured yet. */
const USUAL_RATE = 20

const quota = createRateLimit()

@Resolver()
export class RefreshResolver {
  @Mutation(() => MetadataRefresh, {
    description:
      'Has metadata read anew: of assets, or of a collection, all of it or a range. Without an API key: single assets, 30 a minute from one address. A collection takes a key with the scope refresh. The same idempotencyKey answers the same request. That it is done is told on the feed (an OBSERVATION of the type MetadataRefresh) and by Query.metadataRefresh.',
  })
  async refreshMetadata(
    @Ctx() context: Context,
    @Arg('assets', () => [AssetIdScalar], {nullable: true, description: 'At most 100, all of one chain.'}) assets: readonly string[] | null,
    @Arg('collection', () => String, {
      nullable: true,
      description: 'In place of assets: CAIP-19 asset type, CAIP-10 account, or an address.',
    })
    collection: string | null,
    @Arg('range', () => TokenRangeInput, {nullable: true, description: 'Of the collection; null: all of it.'})
    range: TokenRangeInput | null,
    @Arg('idempotencyKey', () => String, {nullable: true, description: 'A name of yours for this request, up to 200 characters.'})
    idempotencyKey: string | null,
  ): Promise<MetadataRefresh> {
    if (idempotencyKey != null && (idempotencyKey.length > 200 || idempotencyKey.includes('\0')))
      throw apiError('BAD_USER_INPUT', 'an idempotencyKey has up to 200 characters, and no NUL')
    const wanted = await parseWanted(context, {assets, collection, range})
    charge(context, wanted)
    const {key, address} = context.client
    const client = key ? `key ${key.id}` : `address ${address}`
    const asker = {client, idempotencyKey: idempotencyKey ?? null}
    const requested = await context.onPrimary((primary) => createRefreshRequest(primary, asker, wanted))
    if (requested === 'other') throw apiError('BAD_USER_INPUT', 'this idempotencyKey was used for another request')
    return new MetadataRefresh(requested.request, (await context.onPrimary(readRefreshRate)) ?? USUAL_RATE)
  }

  @Query(() => MetadataRefresh, {nullable: true, description: 'A request to read metadata anew; null: there is none of that id.'})
  async metadataRefresh(
    @Ctx() {db}: Context,
    @Arg('id', () => String, {description: 'As refreshMetadata answered it.'}) id: string,
  ): Promise<MetadataRefresh | null> {
    const request = id.length > 100 || id.includes('\0') ? null : await readRefreshRequest(db as never, id)
    return request && new MetadataRefresh(request, (await readRefreshRate(db as never)) ?? USUAL_RATE)
  }
}

type Asked = Readonly<{assets: readonly string[] | null; collection: string | null; range: TokenRangeInput | null}>

async function parseWanted(context: Context, {assets, collection, range}: Asked): Promise<Wanted> {
  if ((assets == null) === (collection == null)) throw apiError('BAD_USER_INPUT', 'name assets or a collection, one of them')
  if (range != null && collection == null) throw apiError('BAD_USER_INPUT', 'a range is one of a collection')
  if (assets != null) return parseAssets(context, assets)
  const collectionId = parseCollectionKey(collection as string, context.soleChainId)
  await requireIndexed(context, [collectionId])
  const from = BigInt(range?.from ?? 0)
  const to = range?.to == null ? null : BigInt(range.to)
  if (from < 0n || (to !== null && to < from)) throw apiError('BAD_USER_INPUT', 'a range goes from an id to one that is not less')
  return {kind: 'range', collectionId, from, to}
}

async function parseAssets(context: Context, ids: readonly string[]): Promise<Wanted> {
  if (ids.length === 0) throw apiError('BAD_USER_INPUT', 'name at least one asset')
  if (ids.length > MOST_ASSETS)
    throw apiError('LIMIT_EXCEEDED', `${ids.length} assets; at most ${MOST_ASSETS}: name the collection and a range`, {
      limit: MOST_ASSETS,
      asked: ids.length,
    })
  const refs = ids.map((id) => parseInput(parseAssetId, id))
  if (new Set(refs.map(({chainId}) => chainId)).size > 1)
    throw apiError('BAD_USER_INPUT', 'the assets are of several chains: one request for each')
  await requireIndexed(
    context,
    refs.map(({chainId, collection}) => `${chainId}-${collection}`),
  )
  return {kind: 'assets', assets: [...new Set(refs.map(assetKey))].sort()}
}

/** The worker asks contracts that the indexer knows, and no others for strangers. */
async function requireIndexed({load}: Context, collectionIds: readonly string[]): Promise<void> {
  const rows = await Promise.all(collectionIds.map((id) => load.collection.load(id)))
  const missing = collectionIds.find((_, i) => !rows[i])
  if (missing) throw apiError('BAD_USER_INPUT', `no collection ${missing.split('-')[1]} is indexed on eip155:${missing.split('-')[0]}`)
}

function charge({client}: Context, wanted: Wanted): void {
  if (client.key || wanted.kind === 'range') return void requireScope(client, 'refresh')
  const limit = KEYLESS_ASSETS_PER_MINUTE
  const {length: cost} = wanted.assets
  if (cost > limit) throw apiError('LIMIT_EXCEEDED', `${cost} assets; at most ${limit} without an API key`, {limit, asked: cost})
  // All or none, so that what is refused costs nothing.
  const wait = quota.take(clientOf(client.address) ?? 'this machine', limit, Date.now(), {cost, burstMs: 60_000})
  if (wait > 0)
    throw apiError('RATE_LIMITED', `without an API key ${limit} assets a minute are read anew; ask again in ${wait} ms`, {
      limit,
      retryAfterMs: wait,
    })
}
