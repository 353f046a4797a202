import type {Cursor} from '../journal/cursor'
import {cursorOf} from '../journal/cursor'
import {CHANGE_COLUMNS, type JournalChange} from '../journal/journalChange'
import {type FeedState, type Page, type Query, readPositions} from '../journal/readChanges'
import {NO_BLOCK_LANE} from './webhook'

type FinalRow = JournalChange & Readonly<{settled: boolean; retractionWasFinal: boolean | null}>

type Options = Readonly<{state: FeedState; after: Cursor; limit: number; lane: number; scan: number}>

/**
 * The next entries of one chain that no fork can take back any more, in the order of the feed; it ends before the first one that is still
 * open. What was told and taken back before it was final is left out, both. By what the sequencer has settled, and not by the processor's
 * state: what the sequencer settles it has compared, in the same transaction.
 */
export async function readFinal(query: Query, {state, after, limit, lane, scan}: Options): Promise<Page> {
  const to = Math.min(state.last, after.position + scan)
  if (to <= after.position) return {changes: [], end: after, hasMore: false}
  const rows = await query<FinalRow>(
    `SELECT ${CHANGE_COLUMNS}, (c.block_hash IS NULL OR c.event_id < f.next_key) AS settled,
       (SELECT r.was_final FROM feed_change r WHERE r.retracts = c.position) AS "retractionWasFinal"
     FROM feed_change c LEFT JOIN feed_chain f ON f.chain_id = c.chain_id
     WHERE c.position > $1 AND c.position <= $2
       AND ${lane === NO_BLOCK_LANE ? 'c.block_hash IS NULL AND $4::bigint = 0' : 'c.block_hash IS NOT NULL AND c.chain_id = $4'}
     ORDER BY c.position LIMIT $3`,
    [after.position, to, limit + 1, lane],
  )
  const open = rows.findIndex((row) => isOpen(row))
  const closed = rows.slice(0, open < 0 ? limit : Math.min(open, limit))
  const changes = closed.filter(({retracts, wasFinal, retractionWasFinal}) => (retracts === null ? retractionWasFinal !== false : wasFinal))
  const last = closed.at(-1)
  if (open >= 0 || rows.length > limit)
    return {changes, end: last ? cursorOf(state.feedId, last) : after, hasMore: open < 0 || open > limit}
  const [seen] = last?.position === to ? [last] : await readPositions(query, [to])
  return {changes, end: seen ? cursorOf(state.feedId, seen) : after, hasMore: to < state.last}
}

/** A retraction is never open, nor is what one has taken back. */
const isOpen = ({settled, retracts, retractionWasFinal}: FinalRow): boolean => !settled && retracts === null && retractionWasFinal === null
