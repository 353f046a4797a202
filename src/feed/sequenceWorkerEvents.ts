import type {ClientBase} from 'pg'
import {moveTo, readLast} from './journalCounter'
import {STEP, type Step} from './step'

/**
 * One step of what workers tell, in one transaction: rows of `worker_event` that are committed move to the journal. Their ids are no order to
 * rely on, as transactions commit in another; a row that comes to light late is simply taken late. What another transaction holds is left.
 */
export async function sequenceWorkerEvents(client: ClientBase, limit: number = STEP): Promise<Step> {
  await client.query('BEGIN')
  try {
    const before = await readLast(client)
    const {rowCount} = await client.query(
      `WITH taken AS (
          DELETE FROM worker_event WHERE id IN (SELECT id FROM worker_event ORDER BY id LIMIT $2 FOR UPDATE SKIP LOCKED) RETURNING *)
        INSERT INTO feed_change (position, chain_id, kind, event_id, collections, assets, payload)
        SELECT $1::bigint + row_number() OVER (ORDER BY id), chain_id, kind, 'worker-' || lpad(id::text, 19, '0'),
          array_remove(ARRAY[collection_id], NULL), array_remove(ARRAY[asset_id], NULL), payload FROM taken`,
      [before, limit],
    )
    const appended = rowCount ?? 0
    await moveTo(client, before, before + appended)
    await client.query('COMMIT')
    return {appended, retracted: 0, isFull: appended >= limit}
  } catch (error) {
    await client.query('ROLLBACK')
    throw error
  }
}
