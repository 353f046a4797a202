import type {ClientBase} from 'pg'
import {assertInvariant} from '../domain/invariant'

/** Readers of the journal listen here. */
export const FEED_CHANNEL = 'feed_change'

/** The last position given; whoever reads it here holds the counter until its transaction ends. */
export async function readLast(client: ClientBase): Promise<number> {
  const {rows} = await client.query<{last: string}>('SELECT last_position AS last FROM feed_state WHERE id = 0 FOR UPDATE')
  return Number(rows[0]?.last)
}

/** What was written up to `last` is numbered, and readers are told when the transaction commits. */
export async function moveTo(client: ClientBase, before: number, last: number): Promise<void> {
  if (last === before) return
  const moved = await client.query('UPDATE feed_state SET last_position = $1 WHERE last_position = $2', [last, before])
  assertInvariant(moved.rowCount === 1, 'INV-7', 'somebody else numbers the feed')
  await client.query(`SELECT pg_notify('${FEED_CHANNEL}', '')`)
}
