import {Client} from 'pg'
import {SCHEMA_PREFIX, STATE_SCHEMAS_SQL} from '../api/stateSchemas'
import type {ChainId} from '../domain/caip'
import {sequenceChain} from './sequenceChain'
import {sequenceWorkerEvents} from './sequenceWorkerEvents'
import {addSteps, NO_STEP, type Step} from './step'

export type Sequencer = Readonly<{
  /** A round over what workers tell and all chains that have changed. Answers what it journaled and whether there is more at once; null: another process holds the lease. */
  run: () => Promise<Step | null>
  close: () => Promise<void>
}>

const LEASE = 'provenance-indexer feed sequencer'

/**
 * The one writer of the journal. The lease is an advisory lock of the connection that writes: when the connection is gone, so are the lease
 * and whatever it had not committed. After a failure the sequencer is to be closed and another one made.
 */
export async function createSequencer(url: string, limit?: number): Promise<Sequencer> {
  const client = new Client({connectionString: url, application_name: 'provenance-indexer feed'})
  let broken: Error | null = null
  client.on('error', (error) => (broken = error))
  await client.connect()
  let isLeased = false
  /** What a chain's state was when all of it was journaled. */
  const done = new Map<ChainId, string>()

  const lease = async (): Promise<boolean> => {
    const {rows} = await client.query<{held: boolean}>('SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS held', [LEASE])
    return rows[0]?.held === true
  }

  const sequence = async (chainId: ChainId, mark: string): Promise<Step> => {
    if (done.get(chainId) === mark) return NO_STEP
    const step = await sequenceChain(client, chainId, limit)
    if (!step.isFull) done.set(chainId, mark)
    return step
  }

  return {
    run: async () => {
      if (broken) throw broken
      if (!isLeased && !(isLeased = await lease())) return null
      let total = await sequenceWorkerEvents(client, limit)
      for (const [chainId, mark] of await readMarks(client)) total = addSteps(total, await sequence(chainId, mark))
      return total
    },
    close: () => client.end(),
  }
}

/** Each chain's finalized and newest block: while they stay, so do the facts. Read before the step, so that it can only be too old. */
async function readMarks(client: Client): Promise<readonly (readonly [ChainId, string])[]> {
  const {rows: schemas} = await client.query<{chain: string}>(STATE_SCHEMAS_SQL)
  if (schemas.length === 0) return []
  const selects = schemas.map(
    ({chain}) => `SELECT '${chain}' AS chain, s.height || ' ' || coalesce(s.hash, '') || ' ' || coalesce(
        (SELECT height || ' ' || hash FROM ${SCHEMA_PREFIX}${chain}.hot_block ORDER BY height DESC LIMIT 1), '') AS mark
      FROM ${SCHEMA_PREFIX}${chain}.status s WHERE s.id = 0`,
  )
  const {rows} = await client.query<{chain: string; mark: string}>(selects.join(' UNION ALL '))
  return rows.map(({chain, mark}) => [Number(chain), mark] as const)
}
