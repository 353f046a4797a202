import type {ClientBase} from 'pg'
import type {ChainId} from '../domain/caip'
import {blockId, firstKeyOfBlock, parseEventKey} from '../domain/ids'

/** Up to where a chain is told for good: everything below `nextKey`, of which `block` is the highest block with events. */
export type Settled = Readonly<{nextKey: string; block: Readonly<{number: number; hash: string}> | null}>

export async function readSettled(client: ClientBase, chainId: ChainId): Promise<Settled> {
  const {rows} = await client.query<{next_key: string; block_number: number | null; block_hash: string | null}>(
    'SELECT next_key, block_number, block_hash FROM feed_chain WHERE chain_id = $1',
    [chainId],
  )
  const [row] = rows
  if (!row) return {nextKey: firstKeyOfBlock(chainId, 0), block: null}
  const {next_key: nextKey, block_number: number, block_hash: hash} = row
  return {nextKey, block: number === null || hash === null ? null : {number, hash}}
}

/** What is below is final: no fork can take it back, so it is not compared any more. */
export async function settle(client: ClientBase, chainId: ChainId, nextKey: string): Promise<void> {
  const {blockNumber} = parseEventKey(nextKey)
  const told = nextKey > firstKeyOfBlock(chainId, blockNumber) ? blockNumber : blockNumber - 1
  await client.query(
    `INSERT INTO feed_chain (chain_id, next_key, block_number, block_hash)
     SELECT $1, $2, b.number, b.hash FROM (VALUES (1)) one LEFT JOIN LATERAL (
       SELECT number, hash FROM block WHERE id >= $3 AND id <= $4 ORDER BY id DESC LIMIT 1) b ON true
     ON CONFLICT (chain_id) DO UPDATE
     SET next_key = EXCLUDED.next_key, block_number = EXCLUDED.block_number, block_hash = EXCLUDED.block_hash`,
    [chainId, nextKey, blockId(chainId, 0), blockId(chainId, Math.max(0, told))],
  )
  await client.query('DELETE FROM feed_hot WHERE chain_id = $1 AND event_id < $2', [chainId, nextKey])
}

/**
 * Where the chain has taken back final blocks, its processor empties its tables and indexes it anew. Everything told for good is compared
 * again then, as the index passes it: what is the same stays told, and what is not is taken back as final. Answers where to go on.
 */
export async function reopenIfTakenBack(client: ClientBase, chainId: ChainId, settled: Settled): Promise<string> {
  const {nextKey, block} = settled
  if (block === null) return nextKey
  const {rows} = await client.query<{hash: string}>('SELECT hash FROM block WHERE id = $1', [blockId(chainId, block.number)])
  if (rows[0]?.hash === block.hash) return nextKey
  await client.query(
    `INSERT INTO feed_hot (event_id, kind, chain_id, block_number, block_hash, position, was_final)
     SELECT c.event_id, c.kind, c.chain_id, c.block_number, c.block_hash, c.position, true FROM feed_change c
     WHERE c.chain_id = $1 AND c.block_hash IS NOT NULL AND c.retracts IS NULL AND c.event_id < $2
       AND NOT EXISTS (SELECT FROM feed_change r WHERE r.retracts = c.position)`,
    [chainId, nextKey],
  )
  const start = firstKeyOfBlock(chainId, 0)
  await client.query('UPDATE feed_chain SET next_key = $2, block_number = NULL, block_hash = NULL WHERE chain_id = $1', [chainId, start])
  return start
}
