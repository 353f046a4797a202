import {SnakeNamingStrategy} from '@subsquid/typeorm-config/lib/namingStrategy'
import {TypeormDatabase} from '@subsquid/typeorm-store'
import {DataSource} from 'typeorm'
import type {ChainId} from '../domain/caip'
import {ENTITIES} from './entities'

/** Subsquid's state of one chain's processor lives in a schema of its own. */
export const stateSchema = (chainId: ChainId): string => `squid_processor_eip155_${chainId}`

/** Entities are named one by one: found by file name, they would exist twice wherever sources run without being built. */
export const createDataSource = (url: string): DataSource =>
  new DataSource({
    type: 'postgres',
    url,
    namingStrategy: new SnakeNamingStrategy(),
    entities: Object.values(ENTITIES),
    applicationName: 'provenance-indexer processor',
    extra: {max: 4},
  })

/** Longer than a killed processor's connection outlives it. */
const LOCK_WAIT_MS = 15_000

export class ProcessorAlreadyRunning extends Error {
  override readonly name = 'ProcessorAlreadyRunning'
  readonly code = 'E_PROCESSOR_RUNNING'
}

/**
 * Subsquid's database with two differences: READ COMMITTED, because under SERIALIZABLE the processors of several chains would fail each
 * other by page locks, and in its place a lock that only one processor of a chain can hold, for as long as it is connected.
 */
export class ChainDatabase extends TypeormDatabase {
  constructor(
    private readonly url: string,
    private readonly chainId: ChainId,
    /** Told once, when the state of the last run was read: the last indexed block, hot ones included; -1 before the first. */
    private readonly onResume: (height: number) => void = () => {},
    private readonly lockWaitMs = LOCK_WAIT_MS,
  ) {
    super({supportHotBlocks: true, stateSchema: stateSchema(chainId), isolationLevel: 'READ COMMITTED'})
  }

  override async connect() {
    const state = await super.connect()
    this.onResume(state.top[state.top.length - 1]?.height ?? state.height)
    return state
  }

  protected override async initializeDataSource(): Promise<DataSource> {
    const source = await createDataSource(this.url).initialize()
    try {
      await lockChain(source, this.chainId, this.lockWaitMs)
      return source
    } catch (error) {
      await source.destroy()
      throw error
    }
  }
}

/** A killed processor's connection may outlive it for some seconds, so the lock is waited for. Held by a connection that is never given back. */
async function lockChain(source: DataSource, chainId: ChainId, waitMs: number): Promise<void> {
  const runner = source.createQueryRunner()
  await runner.connect()
  const deadline = Date.now() + waitMs
  for (;;) {
    const [row] = (await runner.query(`SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS held`, [stateSchema(chainId)])) as {
      held: boolean
    }[]
    if (row?.held) return
    if (Date.now() > deadline) throw new ProcessorAlreadyRunning(`another processor of chain ${chainId} is writing to this database`)
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
}
