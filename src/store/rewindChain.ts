import {Client} from 'pg'
import type {ChainId} from '../domain/caip'
import {TABLES} from '../domain/rows'
import {stateSchema} from './database'

export type StoredBlock = Readonly<{number: number; hash: string}>

/** Which blocks a chain's tables were made of. */
export type StoredChain = Readonly<{
  /** The last final block; null before the first. */
  final: StoredBlock | null
  /** Hot blocks are noted in groups (hotParts.ts), as they were once: no start goes on from there, and final rows may be among them. */
  hasGroups: boolean
  /** The highest block with facts in a range, both ends included; null when there is none. */
  highestWithFacts: (from: number, to: number) => Promise<StoredBlock | null>
  close: () => Promise<void>
}>

/** Longer than a killed processor's connection outlives it. */
const LOCK_WAIT_MS = 15_000
/**
 * For the tables of all chains together. A transaction of the API that has read one of them may want another that is locked here already: less
 * than PostgreSQL's deadlock_timeout, all locks together, so that it gets its turn and neither is failed.
 */
const TABLES_WAIT_MS = 500
/** PostgreSQL's error codes of a statement_timeout, and of a deadlock where deadlock_timeout is set lower still. */
const TABLES_IN_USE = new Set(['57014', '40P01'])
const TABLE_NAMES = Object.values(TABLES).map(({table}) => `"${table}"`)
const NO_TABLE = new Set(['42P01', '3F000'])

async function connect(url: string): Promise<Client> {
  const client = new Client({connectionString: url, application_name: 'provenance-indexer rewind'})
  // A connection that breaks while idle is told by the next statement.
  client.on('error', () => {})
  await client.connect()
  return client
}

export async function openStoredChain(url: string, chainId: ChainId): Promise<StoredChain> {
  const client = await connect(url)
  const state = await readState(client, chainId).catch(async (error: unknown) => {
    await client.end()
    throw error
  })
  return {
    ...state,
    highestWithFacts: async (from, to) => {
      const {rows} = await client.query<StoredBlock>(
        'SELECT number, hash FROM block WHERE chain_id = $1 AND number BETWEEN $2 AND $3 ORDER BY number DESC LIMIT 1',
        [chainId, from, to],
      )
      return rows[0] ?? null
    },
    close: () => client.end(),
  }
}

async function readState(client: Client, chainId: ChainId): Promise<Pick<StoredChain, 'final' | 'hasGroups'>> {
  const schema = `"${stateSchema(chainId)}"`
  try {
    const {rows} = await client.query<{height: number; hash: string; hasGroups: boolean}>(
      `SELECT height, hash, ${hasGroups(schema)} AS "hasGroups" FROM ${schema}.status WHERE id = 0`,
    )
    const [state] = rows
    return {final: state && state.height >= 0 ? {number: state.height, hash: state.hash} : null, hasGroups: state?.hasGroups ?? false}
  } catch (error) {
    if (NO_TABLE.has((error as Readonly<{code?: string}>).code ?? '')) return {final: null, hasGroups: false}
    throw error
  }
}

/** A hot block does not follow upon the one before, or, where finality has come up to it, the lowest has noted rows of lower ones. */
const hasGroups = (schema: string): string => `
  EXISTS (SELECT FROM (SELECT height, row_number() OVER (ORDER BY height) AS place FROM ${schema}.hot_block) AS hot
    WHERE hot.height <> status.height + place)
  OR EXISTS (SELECT FROM ${schema}.hot_change_log JOIN block ON block.id = change->>'id'
    WHERE block_height = (SELECT min(height) FROM ${schema}.hot_block) AND change->>'table' = 'block' AND block.number <> block_height)`

/**
 * Takes everything of one chain out of the processor's tables and sets Subsquid's state to its beginning, in one transaction. State rows
 * cannot be computed backwards, so that nothing is kept (INV-1): what is still right is folded again from the log cache. Answers the rows
 * deleted. @throws when another processor of the chain holds its lock
 */
export async function rewindChain(url: string, chainId: ChainId, lockWaitMs = LOCK_WAIT_MS): Promise<number> {
  const client = await connect(url)
  try {
    await client.query('BEGIN')
    await client.query(`SET LOCAL lock_timeout = ${lockWaitMs}`)
    // The lock that a running processor holds (ChainDatabase).
    await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [stateSchema(chainId)])
    await client.query('SET LOCAL lock_timeout = 0')
    let deleted = 0
    if (await hasState(client, chainId)) {
      for (const {table, columns} of Object.values(TABLES)) {
        const hasChain = columns.some(({column}) => column === 'chain_id')
        const where = hasChain ? 'chain_id = $1' : `id LIKE $1 || '-%'`
        deleted += (await client.query(`DELETE FROM "${table}" WHERE ${where}`, [String(chainId)])).rowCount ?? 0
      }
      await resetState(client, chainId)
    }
    await client.query('COMMIT')
    return deleted
  } finally {
    await client.end()
  }
}

/**
 * Empties the tables of these chains for an index that begins anew. Where no other chain has rows the tables are truncated, which takes no
 * time and leaves nothing behind, so that a backfill begins as on the first day. @throws when a processor of one of them holds its lock
 */
export async function clearChains(url: string, chainIds: readonly ChainId[], lockWaitMs = LOCK_WAIT_MS): Promise<void> {
  if (await truncateIfAlone(url, chainIds, lockWaitMs)) return
  for (const chainId of chainIds) await rewindChain(url, chainId, lockWaitMs)
}

async function truncateIfAlone(url: string, chainIds: readonly ChainId[], lockWaitMs: number): Promise<boolean> {
  const client = await connect(url)
  const deadline = Date.now() + lockWaitMs
  try {
    // Where they are not, another chain's processor may be writing, and its tables are not to be locked at all.
    while (await areAlone(client, chainIds)) {
      try {
        return await truncate(client, chainIds, deadline)
      } catch (error) {
        if (!TABLES_IN_USE.has((error as Readonly<{code?: string}>).code ?? '') || Date.now() > deadline) throw error
        await client.query('ROLLBACK')
        await waitForEach(client, deadline)
      }
    }
    return false
  } finally {
    await client.end()
  }
}

async function truncate(client: Client, chainIds: readonly ChainId[], deadline: number): Promise<boolean> {
  await client.query('BEGIN')
  await client.query(lockTimeout(deadline))
  for (const id of chainIds) await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [stateSchema(id)])
  const tables = TABLE_NAMES.join(', ')
  // Before the look: nobody writes a first row in between.
  await client.query(`SET LOCAL statement_timeout = ${TABLES_WAIT_MS}`)
  await client.query(`LOCK TABLE ${tables} IN ACCESS EXCLUSIVE MODE`)
  await client.query('SET LOCAL statement_timeout TO DEFAULT')
  const isAlone = await areAlone(client, chainIds)
  if (isAlone) {
    await client.query(`TRUNCATE ${tables}`)
    for (const id of chainIds) if (await hasState(client, id)) await resetState(client, id)
  }
  await client.query('COMMIT')
  return isAlone
}

/** Until each table was free once; holding none, so that it may take its time, and autovacuum, which gives way after a second, is seen off. */
async function waitForEach(client: Client, deadline: number): Promise<void> {
  for (const table of TABLE_NAMES)
    await client.query(`BEGIN; ${lockTimeout(deadline)}; LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE; COMMIT`)
}

const lockTimeout = (deadline: number): string => `SET LOCAL lock_timeout = ${Math.max(1, deadline - Date.now())}`

/** Whether no other chain has a state. */
async function areAlone(client: Client, chainIds: readonly ChainId[]): Promise<boolean> {
  const {rows} = await client.query(`SELECT FROM pg_namespace WHERE nspname LIKE $1 AND nspname <> ALL ($2) LIMIT 1`, [
    stateSchema(0).replace(/0$/, '%').replaceAll('_', '\\_'),
    chainIds.map(stateSchema),
  ])
  return rows.length === 0
}

/** Whether Subsquid has a state of this chain at all. */
async function hasState(client: Client, chainId: ChainId): Promise<boolean> {
  const {rows} = await client.query<{found: boolean}>('SELECT to_regclass($1) IS NOT NULL AS found', [`"${stateSchema(chainId)}".status`])
  return rows[0]?.found === true
}

async function resetState(client: Client, chainId: ChainId): Promise<void> {
  const schema = `"${stateSchema(chainId)}"`
  // The undo log goes with its blocks.
  await client.query(`DELETE FROM ${schema}.hot_block`)
  await client.query(`DELETE FROM ${schema}.template_registry`)
  await client.query(`UPDATE ${schema}.status SET height = -1, hash = '0x', nonce = nonce + 1 WHERE id = 0`)
}
