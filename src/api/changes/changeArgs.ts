import {ArgsType, Field, Int} from 'type-graphql'
import {parseAssetId} from '../../domain/caip'
import {assetKey} from '../../domain/ids'
import {ChangeKind, type ChangeKindName} from '../../domain/provenanceKind'
import type {ChangeFilter} from '../../feed/journal/changeFilter'
import {type Cursor, parseCursor} from '../../feed/journal/cursor'
import {CursorRefused} from '../../feed/journal/readChanges'
import {apiError, parseInput} from '../errors'
import {UNVERIFIED_TOO} from '../list/args'
import {parseCollectionKey} from '../list/parameters'
import {tablesOfKinds} from './changeKind'

/** Names in one filter. */
export const MAX_NAMES = 1_000

export type FilterInput = Readonly<{
  kinds?: readonly ChangeKindName[] | null
  collections?: readonly string[] | null
  assets?: readonly string[] | null
  includeUnverified?: boolean | null
}>

@ArgsType()
export class FollowArgs implements FilterInput {
  @Field(() => String, {
    nullable: true,
    description: 'Cursor of an entry: what is behind it. Subscription: null begins now; query: null begins at the start.',
  })
  after?: string | null
  @Field(() => [ChangeKind], {nullable: true, description: 'Default: all.'})
  kinds?: ChangeKindName[] | null
  @Field(() => [String], {
    nullable: true,
    description: `Entries about these contracts, or about one of assets: CAIP-19 asset type, CAIP-10, or, where one chain is indexed, an address. At most ${MAX_NAMES}.`,
  })
  collections?: string[] | null
  @Field(() => [String], {
    nullable: true,
    description: `Entries about these assets, CAIP-19, also by ranges and by what concerns their whole contract. At most ${MAX_NAMES}.`,
  })
  assets?: string[] | null
  @Field(() => Boolean, {nullable: true, description: UNVERIFIED_TOO})
  includeUnverified?: boolean | null
}

@ArgsType()
export class ChangesArgs extends FollowArgs {
  @Field(() => Int, {nullable: true, description: 'Size of the page: 20 when left out, at most 500.'})
  first?: number | null
}

/** @throws a coded error for names that are none */
export function parseFilter({kinds, collections, assets, includeUnverified}: FilterInput, soleChainId: number | null): ChangeFilter {
  return {
    kinds: kinds == null ? null : tablesOfKinds(listOf('kinds', kinds)),
    collections: collections == null ? null : listOf('collections', collections).map((text) => parseCollectionKey(text, soleChainId)),
    assets: assets == null ? null : listOf('assets', assets).map((text) => assetKey(parseInput(parseAssetId, text))),
    includeUnverified: includeUnverified === true,
  }
}

function listOf<T>(name: string, list: readonly T[]): readonly T[] {
  if (list.length === 0) throw apiError('BAD_USER_INPUT', `${name} is empty: name at least one, or leave it out for all`)
  if (list.length > MAX_NAMES)
    throw apiError('LIMIT_EXCEEDED', `${name} has ${list.length} entries; at most ${MAX_NAMES}`, {limit: MAX_NAMES, asked: list.length})
  return [...new Set(list)]
}

/** @throws a coded error for text that is no cursor */
export function parseAfter(after: string): Cursor {
  const cursor = parseCursor(after)
  if (!cursor) throw apiError('CURSOR_INVALID', 'not a cursor of a feed')
  return cursor
}

/** What a client is told of a cursor that leads nowhere. */
export const cursorError = (error: unknown): unknown =>
  error instanceof CursorRefused ? apiError(error.kind === 'ahead' ? 'NOT_READY' : 'CURSOR_INVALID', error.message) : error
