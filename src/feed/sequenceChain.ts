import type {ClientBase} from 'pg'
import {SCHEMA_PREFIX} from '../api/stateSchemas'
import type {ChainId} from '../domain/caip'
import {eventKey, firstKeyOfBlock, parseEventKey} from '../domain/ids'
import {factIsGoneSql, factsSql} from './factTables'
import {moveTo, readLast} from './journalCounter'
import {readSettled, reopenIfTakenBack, settle} from './settledHistory'
import {NO_STEP, STEP, type Step} from './step'

type Bounds = Readonly<{chainId: ChainId; finalized: number; head: number}>

/**
 * One step for one chain, in one transaction: what a fork took back, then final facts, then, when those are all told, hot ones. Facts never
 * leave the database.
 * Everything is read in one snapshot, so the processor's state, its facts and the journal belong together.
 */
export async function sequenceChain(client: ClientBase, chainId: ChainId, limit: number = STEP): Promise<Step> {
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ')
  try {
    // Fresh tables have no statistics; every access here is by key.
    await client.query('SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off')
    const step = await journalChain(client, chainId, limit)
    await client.query('COMMIT')
    return step
  } catch (error) {
    await client.query('ROLLBACK')
    throw error
  }
}

async function journalChain(client: ClientBase, chainId: ChainId, limit: number): Promise<Step> {
  const bounds = await readBounds(client, chainId)
  if (bounds === null) return NO_STEP
  const before = await readLast(client)
  let last = before
  const nextKey = await reopenIfTakenBack(client, chainId, await readSettled(client, chainId))
  const retracted = await retract(client, bounds, last)
  last += retracted
  const finalEnd = firstKeyOfBlock(chainId, bounds.finalized + 1)
  const final = nextKey < finalEnd ? await append(client, {bounds, from: nextKey, to: finalEnd, last, limit}) : NOTHING
  last += final.count
  const isBehind = final.count >= limit
  if (nextKey < finalEnd) await settle(client, chainId, isBehind && final.lastKey !== null ? keyAfter(final.lastKey) : finalEnd)
  const hotEnd = firstKeyOfBlock(chainId + 1, 0)
  const hot = isBehind ? NOTHING : await append(client, {bounds, from: finalEnd, to: hotEnd, last, limit})
  last += hot.count
  await moveTo(client, before, last)
  return {appended: final.count + hot.count, retracted, isFull: isBehind || hot.count >= limit}
}

async function readBounds(client: ClientBase, chainId: ChainId): Promise<Bounds | null> {
  const state = `${SCHEMA_PREFIX}${chainId}`
  const {rows} = await client.query<{finalized: number; head: number | null}>(
    `SELECT height AS finalized, (SELECT max(height) FROM ${state}.hot_block) AS head FROM ${state}.status WHERE id = 0`,
  )
  const [row] = rows
  return row ? {chainId, finalized: row.finalized, head: Math.max(row.finalized, row.head ?? -1)} : null
}

const blockIdSql = (chain: string, block: string): string => `${chain}::text || '-' || lpad(${block}::text, 10, '0')`

/**
 * Entries whose block is another one now, those above it, and those whose fact is gone, from the newest to the oldest. What is above the
 * indexed head is left alone: a processor that starts again in the hot phase takes its hot blocks back and inserts them again.
 */
const RETRACT = `WITH fork AS (
    SELECT min(h.block_number) AS block FROM feed_hot h LEFT JOIN block b ON b.id = ${blockIdSql('h.chain_id', 'h.block_number')}
    WHERE h.chain_id = $1 AND h.block_number <= $2 AND b.hash IS DISTINCT FROM h.block_hash),
  gone AS (
    DELETE FROM feed_hot h WHERE h.chain_id = $1
      AND (h.block_number >= (SELECT block FROM fork) OR (h.block_number <= $2 AND ${factIsGoneSql('h')}))
    RETURNING h.position, h.was_final)
  INSERT INTO feed_change (position, chain_id, kind, event_id, block_number, block_hash, collections, assets, retracts, was_final, unverified)
  SELECT $3::bigint + row_number() OVER (ORDER BY c.position DESC),
    c.chain_id, c.kind, c.event_id, c.block_number, c.block_hash, c.collections, c.assets, c.position, gone.was_final, c.unverified
  FROM gone JOIN feed_change c ON c.position = gone.position`

async function retract(client: ClientBase, {chainId, head}: Bounds, last: number): Promise<number> {
  return (await client.query(RETRACT, [chainId, head, last])).rowCount ?? 0
}

type Appended = Readonly<{count: number; lastKey: string | null}>
const NOTHING: Appended = {count: 0, lastKey: null}

type Range = Readonly<{bounds: Bounds; from: string; to: string; last: number; limit: number}>

/** Facts from one key to another that the journal does not hold. A fact without its block would break INV-2, and block_hash is NOT NULL. */
async function append(client: ClientBase, {bounds, from, to, last, limit}: Range): Promise<Appended> {
  const {rows} = await client.query<{count: number; last_key: string | null}>(
    `WITH facts AS (${factsSql(limit)}),
      added AS (
        INSERT INTO feed_change (position, chain_id, kind, event_id, block_number, block_hash, collections, assets, unverified)
        SELECT $3::bigint + row_number() OVER (ORDER BY f.id, f.kind), $4::bigint, f.kind, f.id, f.block_number, b.hash, f.collections, f.assets, f.unverified
        FROM facts f LEFT JOIN block b ON b.id = ${blockIdSql('$4::bigint', 'f.block_number')}
        RETURNING position, chain_id, kind, event_id, block_number, block_hash),
      hot AS (
        INSERT INTO feed_hot (event_id, kind, chain_id, block_number, block_hash, position)
        SELECT event_id, kind, chain_id, block_number, block_hash, position FROM added WHERE block_number > $5)
      SELECT count(*)::int AS count, max(event_id) AS last_key FROM added`,
    [from, to, last, bounds.chainId, bounds.finalized],
  )
  return {count: rows[0]?.count ?? 0, lastKey: rows[0]?.last_key ?? null}
}

const LAST_INDEX = 999_999

/** The least key that is greater. */
function keyAfter(key: string): string {
  const {chainId, blockNumber, logIndex, subIndex} = parseEventKey(key)
  if (subIndex < LAST_INDEX) return eventKey(chainId, blockNumber, logIndex, subIndex + 1)
  return logIndex < LAST_INDEX ? eventKey(chainId, blockNumber, logIndex + 1, 0) : firstKeyOfBlock(chainId, blockNumber + 1)
}
