import {type ChangeFilter, filterSql} from './changeFilter'
import {type Cursor, cursorOf, startCursor} from './cursor'
import {CHANGE_COLUMNS, type JournalChange} from './journalChange'

/** Rows by SQL: of a pool, a connection or an answer's snapshot. */
export type Query = <R extends object>(sql: string, values: readonly unknown[]) => Promise<readonly R[]>

export type FeedState = Readonly<{feedId: string; last: number}>

export type Page = Readonly<{
  changes: readonly JournalChange[]
  /** Behind the last entry that was looked at: where to go on, whether or not it was wanted. */
  end: Cursor
  /** Whether there is more behind `end`. */
  hasMore: boolean
}>

/** Entries that one page looks at. With a filter that lets few through, a page may hold fewer than were asked for, or none. */
export const SCAN = 20_000

/** Why a cursor leads nowhere. `ahead`: this copy of the database has not got so far. */
export class CursorRefused extends Error {
  override readonly name = 'CursorRefused'
  readonly code = 'E_CURSOR'

  constructor(
    readonly kind: 'foreign' | 'changed' | 'ahead',
    message: string,
  ) {
    super(message)
  }
}

export async function readFeedState(query: Query): Promise<FeedState> {
  const [row] = await query<{feed_id: string; last: string}>('SELECT feed_id, last_position AS last FROM feed_state WHERE id = 0', [])
  if (!row) throw new Error('the feed has no state: run the migrations')
  return {feedId: row.feed_id, last: Number(row.last)}
}

/** The entries of these positions that there are, in order. */
export const readPositions = (query: Query, positions: readonly number[]): Promise<readonly JournalChange[]> =>
  query<JournalChange>(`SELECT ${CHANGE_COLUMNS} FROM feed_change c WHERE c.position = ANY ($1::bigint[]) ORDER BY c.position`, [positions])

/** @throws CursorRefused when the entry behind which to go on is not the one that the cursor speaks of */
export async function checkCursor(query: Query, {feedId, last}: FeedState, cursor: Cursor): Promise<void> {
  if (cursor.feedId !== feedId) throw new CursorRefused('foreign', 'the cursor belongs to another feed: begin anew')
  if (cursor.position > last) throw new CursorRefused('ahead', 'the cursor is ahead of this copy of the database: ask again later')
  const [change] = cursor.position > 0 ? await readPositions(query, [cursor.position]) : []
  const held = change ? cursorOf(feedId, change) : startCursor(feedId)
  if (held.mark !== cursor.mark)
    throw new CursorRefused('changed', 'the cursor names an entry that this feed does not have: was it changed, or the database restored?')
}

type PageOptions = Readonly<{state: FeedState; after: Cursor; limit: number; filter: ChangeFilter; scan?: number}>

/** The next wanted entries behind a checked cursor. Bounded work: it looks at `scan` entries at most. */
export async function readPage(query: Query, {state, after, limit, filter, scan = SCAN}: PageOptions): Promise<Page> {
  const to = Math.min(state.last, after.position + scan)
  if (to <= after.position) return {changes: [], end: after, hasMore: false}
  const values: unknown[] = [after.position, to, limit + 1]
  const wanted = filterSql(filter, (value) => `$${values.push(value)}`)
  const found = await query<JournalChange>(
    `SELECT ${CHANGE_COLUMNS} FROM feed_change c WHERE c.position > $1 AND c.position <= $2 AND ${wanted} ORDER BY c.position LIMIT $3`,
    values,
  )
  const changes = found.slice(0, limit)
  const last = changes.at(-1)
  if (found.length > limit) return {changes, end: last ? cursorOf(state.feedId, last) : after, hasMore: true}
  const [seen] = last?.position === to ? [last] : await readPositions(query, [to])
  return {changes, end: seen ? cursorOf(state.feedId, seen) : after, hasMore: to < state.last}
}
