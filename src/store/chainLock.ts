import type {ClientBase} from 'pg'
import type {DataSource} from 'typeorm'

/** Longer than a killed processor's connection outlives it. */
const WAIT_MS = 15_000
const AGAIN_MS = 500

export class ProcessorAlreadyRunning extends Error {
  override readonly name = 'ProcessorAlreadyRunning'
  readonly code = 'E_PROCESSOR_RUNNING'
}

export class ChainLockLost extends Error {
  override readonly name = 'ChainLockLost'
  readonly code = 'E_CHAIN_LOCK_LOST'
}

type LockOptions = Readonly<{
  waitMs?: number | undefined
  /** The connection that holds the lock is gone, and the lock with it. */
  onLost: (error: ChainLockLost) => void
}>

/**
 * A lock by that name that one process holds for as long as it is connected, on a connection that is never given back, nor ended by the server for
 * being idle. A killed processor's connection may outlive it for some seconds, so it is waited for. @throws ProcessorAlreadyRunning
 */
export async function lockChain(source: DataSource, name: string, {waitMs = WAIT_MS, onLost}: LockOptions): Promise<void> {
  const runner = source.createQueryRunner()
  const client = (await runner.connect()) as ClientBase
  await runner.query('SET idle_session_timeout = 0')
  const deadline = Date.now() + waitMs
  for (;;) {
    const [row] = (await runner.query(`SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS held`, [name])) as {held: boolean}[]
    if (row?.held) break
    if (Date.now() > deadline) throw new ProcessorAlreadyRunning('another processor of this chain is writing to this database')
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS))
  }
  client.once('end', () => onLost(new ChainLockLost('the connection that holds the lock of this chain was lost')))
}
