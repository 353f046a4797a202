import {setTimeout as sleep} from 'node:timers/promises'
import type {Pool} from 'pg'
import type {ChainId} from '../../domain/caip'
import {type ChainState, chainStatesSql, parseChainStates, type StateRow} from '../chainState'
import {apiError} from '../errors'
import {STATE_SCHEMAS_SQL} from '../stateSchemas'

export type MinBlock = Readonly<{chainId: ChainId; number: number}>

/** Waits until blocks are indexed. One reader for all that wait. */
export type HeadWatch = Readonly<{
  /** @throws a coded error when one is not there in time */
  waitFor: (wanted: readonly MinBlock[], waitMs: number) => Promise<void>
}>

const PAUSE_MS = 100
const MOST_WAITING = 1_000

export function createHeadWatch(pool: Pool): HeadWatch {
  let last: Readonly<{states: Promise<readonly ChainState[]>; at: number}> | null = null
  let waiting = 0
  const read = (): Promise<readonly ChainState[]> => {
    if (last === null || Date.now() - last.at >= PAUSE_MS) last = {states: readStates(pool), at: Date.now()}
    return last.states
  }
  const wait = async (wanted: readonly MinBlock[], waitMs: number): Promise<void> => {
    const deadline = Date.now() + waitMs
    for (;;) {
      const states = await read()
      const missing = wanted.find(({chainId, number}) => indexedOf(states, chainId) < number)
      if (!missing) return
      if (Date.now() >= deadline) throw notReached(missing, indexedOf(states, missing.chainId), waitMs)
      await sleep(Math.max(1, Math.min(PAUSE_MS, deadline - Date.now())))
    }
  }
  return {
    waitFor: async (wanted, waitMs) => {
      if (waiting >= MOST_WAITING)
        throw apiError('RATE_LIMITED', `${MOST_WAITING} queries wait for blocks; try again later`, {limit: MOST_WAITING})
      waiting++
      await wait(wanted, waitMs).finally(() => waiting--)
    },
  }
}

const indexedOf = (states: readonly ChainState[], chainId: ChainId): number =>
  states.find((state) => state.chainId === chainId)?.indexed?.number ?? -1

const notReached = ({chainId, number}: MinBlock, indexed: number, waitMs: number) =>
  apiError('BLOCK_NOT_INDEXED', `block ${number} of eip155:${chainId} was not indexed within ${waitMs} ms`, {
    minBlock: number,
    indexedBlock: indexed < 0 ? null : indexed,
    waitedMs: waitMs,
  })

async function readStates(pool: Pool): Promise<readonly ChainState[]> {
  try {
    const schemas = await pool.query<{chain: string}>(STATE_SCHEMAS_SQL)
    const {rows} = await pool.query<StateRow>(chainStatesSql(schemas.rows.map(({chain}) => Number(chain))))
    return parseChainStates(rows)
  } catch {
    throw apiError('NOT_READY', 'the database does not answer or is overloaded; try again later')
  }
}
