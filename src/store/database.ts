import {SnakeNamingStrategy} from '@subsquid/typeorm-config/lib/namingStrategy'
import {type Store as SubsquidStore, TypeormDatabase} from '@subsquid/typeorm-store'
import {DataSource} from 'typeorm'
import type {ChainId} from '../domain/caip'
import type {RowKey} from '../domain/projection'
import type {TableName} from '../domain/rows'
import type {CreatedContracts, LoadedRows, Store} from '../pipeline/store'
import {lockChain} from './chainLock'
import {createKeptContracts, type KeptContracts, loadCreated} from './createdContracts'
import {buildDeferredIndexes, deferIndexes} from './deferredIndexes'
import {createFinalSlice, type PendingRows, writePending} from './finalSlice'
import {type HotInfo, hotParts} from './hotParts'
import {createKeyFilter, type KeyFilter} from './keyFilter'
import {loadRows} from './loadRows'
import {createRecentRows, type RecentRows, readWith} from './recentRows'
import {readSlice} from './slice'
import {clientOf} from './store'
import {beforeTransactions, undoHotBlocks} from './undoHotBlocks'

/** Subsquid's state of one chain's processor lives in a schema of its own. */
export const stateSchema = (chainId: ChainId): string => `squid_processor_eip155_${chainId}`

/** `entities`: classes of src/model, for who compares them with the tables. Rows are written without: making TypeORM's sense of them costs a start a tenth. */
export const createDataSource = (url: string, entities: readonly Entity[] = []): DataSource =>
  new DataSource({
    type: 'postgres',
    url,
    namingStrategy: new SnakeNamingStrategy(),
    entities: [...entities],
    applicationName: 'provenance-indexer processor',
    extra: {max: 4},
  })

type Entity = new () => object

/** Tables whose rows change often. */
const CHANGING: ReadonlySet<TableName> = new Set<TableName>(['Asset', 'Balance', 'Collection'])

export type ChainDatabaseOptions = Readonly<{
  /** Told once, when the state of the last run was read: the last indexed block, hot ones included; -1 before the first. */
  onResume?: (height: number) => void
  /** Milliseconds that a final slice took to write. */
  onWritten?: (milliseconds: number) => void
  /**
   * A slice that was handed over could not be written, and the next call fails with the same error, of which there may be none for long. Or the
   * chain's lock is lost with its connection: another processor may be writing by now.
   */
  onFailure?: (error: unknown) => void
  /** Indexes for readers that are still to be built, while they are: after a long backfill, before the head is followed. */
  onIndexesLeft?: (left: number) => void
  /** Last block to index; null: none. */
  endBlock?: number | null
  lockWaitMs?: number
}>

type TransactInfo = Parameters<TypeormDatabase['transact']>[0]
type Handler = Parameters<TypeormDatabase['transact']>[1]
type HotHandler = Parameters<TypeormDatabase['transactHot2']>[1]

/**
 * Subsquid's database with six differences. READ COMMITTED, because under SERIALIZABLE the processors of several chains would fail each
 * other by page locks, and in its place a lock that only one processor of a chain can hold, for as long as it is connected. A final
 * slice is written while the next one is decoded and folded: `transact` returns when the slice before it is committed, or this one
 * where the chain's head is reached. A slice is still one transaction, and they are committed in order. Hot blocks that a fork
 * orphans are undone in a few statements, and many at once are written in parts. And indexes for readers are built at the end of a
 * backfill that began with an empty database.
 */
export class ChainDatabase extends TypeormDatabase {
  private source: DataSource | null = null
  private kept: KeptContracts = createKeptContracts()
  private writing: Promise<void> = Promise.resolve()
  private pending: PendingRows | null = null
  /** Every state row that this chain has, where it began with none; else null. */
  private stored: KeyFilter | null = null
  /** Committed rows, until hot blocks, which fork, change them. */
  private recent: RecentRows | null = null
  /** Hot blocks are stored: the next final slice begins by undoing them, so that nothing may be read before its transaction. */
  private hasHot = false
  /** Hot blocks above it are off the chain, or come again as final ones, in the next transaction. */
  private base = -1
  private isLeaving = false
  private indexes: 'unknown' | 'deferrable' | 'complete' = 'unknown'

  constructor(
    private readonly url: string,
    private readonly chainId: ChainId,
    private readonly options: ChainDatabaseOptions = {},
  ) {
    super({supportHotBlocks: true, stateSchema: stateSchema(chainId), isolationLevel: 'READ COMMITTED'})
    beforeTransactions(this, async (em) => {
      if (this.hasHot) await undoHotBlocks(em, stateSchema(chainId), this.base)
    })
  }

  override async connect() {
    const state = await super.connect()
    this.hasHot = state.top.length > 0
    this.stored = state.height < 0 && !this.hasHot ? createKeyFilter() : null
    this.recent = this.hasHot ? null : createRecentRows()
    this.indexes = this.stored ? 'deferrable' : 'unknown'
    this.kept = await loadCreated((sql, parameters) => this.connected().query(sql, parameters), this.chainId)
    this.options.onResume?.(state.top[state.top.length - 1]?.height ?? state.height)
    if (this.isEnd(state.height)) await this.completeIndexes()
    return state
  }

  override async disconnect() {
    await this.settle().catch(() => {})
    this.isLeaving = true
    await super.disconnect()
  }

  /** As the blocks that were handed over have it, of which the last may not be committed yet. */
  get created(): CreatedContracts {
    return this.kept
  }

  override async transact(info: TransactInfo, map: Handler): Promise<void> {
    this.kept.dropAbove(info.prevHead.height)
    if (this.hasHot) {
      this.base = -1
      await super.transact(info, map)
      this.hasHot = false
      return
    }
    const isLast = isOnTop(info) || this.isEnd(info.nextHead.height)
    if (this.indexes === 'deferrable' && !isLast) await deferIndexes(this.connected())
    this.indexes = this.indexes === 'deferrable' ? 'unknown' : this.indexes
    const slice = createFinalSlice(
      (keys) => this.read(keys),
      this.pending,
      ({table, id}) => this.stored?.mayHold(table, id) ?? true,
    )
    const result = await map(slice as unknown as SubsquidStore)
    await this.settle()
    this.pending = slice.pending
    this.writing = this.write(info, slice.pending, result)
    this.writing.catch((error: unknown) => this.options.onFailure?.(error))
    if (!isLast) return
    await this.settle()
    await this.completeIndexes()
  }

  override async transactHot2(info: HotInfo, map: HotHandler): Promise<void> {
    await this.settle()
    await this.completeIndexes()
    this.hasHot = true
    this.stored = null
    this.recent = null
    for (const part of hotParts(info)) {
      this.base = part.info.baseHead.height
      this.kept.dropAbove(this.base)
      await super.transactHot2(part.info, (store, begin, end) => map(store, part.from + begin, part.from + end))
    }
  }

  private async write(info: TransactInfo, pending: PendingRows, result: Awaited<ReturnType<Handler>>): Promise<void> {
    const started = performance.now()
    await super.transact(info, async (store) => {
      await writePending(await clientOf(readSlice(store).em), pending)
      return result
    })
    this.options.onWritten?.(performance.now() - started)
  }

  /** Waits until all that was handed over is committed. */
  private async settle(): Promise<void> {
    await this.writing
    for (const [table, {puts}] of this.pending?.state ?? []) {
      for (const id of puts.keys()) this.stored?.add(table, id)
      if (this.recent && CHANGING.has(table)) for (const row of puts.values()) this.recent.set(table, row)
    }
    this.pending = null
  }

  private read(keys: readonly RowKey[]): Promise<LoadedRows> {
    const read: Store['load'] = (wanted) => loadRows((sql, parameters) => this.connected().query(sql, parameters), wanted)
    return this.recent ? readWith(this.recent, read, keys) : read(keys)
  }

  private isEnd(height: number): boolean {
    return height >= (this.options.endBlock ?? Number.POSITIVE_INFINITY)
  }

  /** Once a run: what is deferred later, by another chain's processor, is for that one to build. */
  private async completeIndexes(): Promise<void> {
    if (this.indexes === 'complete') return
    await buildDeferredIndexes(this.connected(), this.options.onIndexesLeft)
    this.indexes = 'complete'
  }

  private connected(): DataSource {
    if (!this.source) throw new Error('the database is not connected')
    return this.source
  }

  protected override async initializeDataSource(): Promise<DataSource> {
    const source = await createDataSource(this.url).initialize()
    try {
      await lockChain(source, stateSchema(this.chainId), {
        waitMs: this.options.lockWaitMs,
        onLost: (error) => (this.isLeaving ? undefined : this.options.onFailure?.(error)),
      })
      this.source = source
      return source
    } catch (error) {
      await source.destroy()
      throw error
    }
  }
}

/** Told by Subsquid's runner, though not in its types; where it is not, a slice counts as the last one. */
const isOnTop = (info: TransactInfo): boolean => (info as {isOnTop?: boolean}).isOnTop ?? true
