import type {ChainConfig} from './config/config'
import type {Logger} from './process/logger'
import {openPool} from './process/openPool'
import type {Rates} from './process/progress'

/** What a processor knows that no table tells: how far the chain is, how fast it goes, and why it does not (null: it does). */
export type ProgressView = Readonly<{head: number | null; headSeenAtMs: number | null; rates: Rates | null; problem: string | null}>
export type ProgressNotes = Readonly<{note: () => Promise<void>; close: () => Promise<void>}>

const EVERY_MS = 5_000

const NOTE = `INSERT INTO chain_progress (chain_id, first_block, end_block, finality, head_block, head_seen_at, events_per_second, blocks_per_second,
    problem)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
  ON CONFLICT (chain_id) DO UPDATE SET first_block = $2, end_block = $3, finality = $4, head_block = $5, head_seen_at = $6,
    events_per_second = $7, blocks_per_second = $8, problem = $9, noted_at = now()`

/** Notes for status queries, every few seconds; beside the transactions that index, which never wait for it. */
export function startProgressNotes(
  {id, startBlock, endBlock, finality}: Pick<ChainConfig, 'id' | 'startBlock' | 'endBlock' | 'finality'>,
  url: string,
  view: () => ProgressView,
  log: Logger,
): ProgressNotes {
  const database = {connectionString: url, max: 1, application_name: `provenance-indexer progress ${id}`, allowExitOnIdle: true}
  const pool = openPool(database, (err) => log.debug({err}, 'progress cannot be noted'))
  const rule = finality === 'finalized' ? 'the finalized tag' : `${finality} confirmations`
  const note = async (): Promise<void> => {
    const {head, headSeenAtMs, rates, problem} = view()
    const seenAt = headSeenAtMs === null ? null : new Date(headSeenAtMs)
    const speed = [rates?.eventsPerSecond ?? null, rates?.blocksPerSecond ?? null]
    const values = [id, startBlock, endBlock, rule, head, seenAt, ...speed, problem]
    // Readers see by its time that it is old.
    await pool.query(NOTE, values).catch((err: unknown) => log.debug({err}, 'progress cannot be noted'))
  }
  void note()
  const timer = setInterval(() => void note(), EVERY_MS)
  timer.unref()
  return {
    note,
    close: async () => {
      clearInterval(timer)
      await pool.end()
    },
  }
}
