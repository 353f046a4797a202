import type {BlockData, FieldSelection} from '@subsquid/evm-processor'
import type {ChainId} from '../domain/caip'
import {type Address, type Hash32, type Hex, parseAddress} from '../domain/hex'
import {blockId} from '../domain/ids'
import type {Log} from '../domain/log'
import type {BlockRow, DecodeFailureRow} from '../domain/rows'
import {decodeLogs} from './decodeLogs'
import {foldEvents} from './foldEvents'
import type {ProjectionIndex} from './projectionIndex'
import type {Router} from './router'
import type {Changes, Store} from './store'

/** What the processor asks Subsquid for. */
export const FIELDS = {
  block: {timestamp: true},
  log: {address: true, topics: true, data: true, transactionHash: true},
  transaction: {from: true},
} as const satisfies FieldSelection

export type SubsquidBlock = BlockData<typeof FIELDS>

export type Pipeline = Readonly<{chainId: ChainId; router: Router; projections: ProjectionIndex; trusted: ReadonlySet<Address>}>

/** What a batch came to, and the milliseconds each stage took. */
export type BatchReport = Readonly<{blocks: number; events: number; failures: number; decodeMs: number; foldMs: number; writeMs: number}>

/**
 * One slice of blocks, from Subsquid's shapes to rows. Subsquid may call it again for the same blocks (a transaction that is retried) and
 * once for each hot block, so nothing is remembered between calls.
 */
export async function handleBlocks(blocks: readonly SubsquidBlock[], pipeline: Pipeline, store: Store): Promise<BatchReport> {
  const started = performance.now()
  const logs = blocks.flatMap((block) => logsOf(block, pipeline.chainId))
  const {events, failures} = decodeLogs(logs, pipeline.router, pipeline.trusted)
  const decoded = performance.now()
  const changes = await foldEvents(events, pipeline.projections, store.load)
  const folded = performance.now()
  const told = new Set([...events.map(({ref}) => ref.blockNumber), ...failures.map(({blockNumber}) => blockNumber)])
  await store.flush({...changes, ...plain('Block', blockRows(blocks, told, pipeline.chainId)), ...plain('DecodeFailure', failures)})
  const written = performance.now()
  return {
    blocks: blocks.length,
    events: events.length,
    failures: failures.length,
    decodeMs: decoded - started,
    foldMs: folded - decoded,
    writeMs: written - folded,
  }
}

const plain = (table: 'Block' | 'DecodeFailure', rows: readonly (BlockRow | DecodeFailureRow)[]): Changes =>
  rows.length === 0 ? {} : {[table]: {inserts: rows, puts: new Map()}}

const blockRows = (blocks: readonly SubsquidBlock[], told: ReadonlySet<number>, chainId: ChainId): readonly BlockRow[] =>
  blocks
    .filter(({header}) => told.has(header.height))
    .map(({header}) => ({
      id: blockId(chainId, header.height),
      chainId: BigInt(chainId),
      number: header.height,
      hash: header.hash,
      timestamp: new Date(header.timestamp),
    }))

/** Subsquid's shapes, checked by its own validators, in the words of the domain: seconds, branded hex. */
const logsOf = ({header, logs}: SubsquidBlock, chainId: ChainId): readonly Log[] =>
  logs.map((log) => ({
    chainId,
    blockNumber: header.height,
    blockHash: header.hash as Hash32,
    timestamp: Math.floor(header.timestamp / 1000),
    transactionHash: log.transactionHash as Hash32,
    transactionFrom: log.transaction ? parseAddress(log.transaction.from) : null,
    logIndex: log.logIndex,
    address: parseAddress(log.address),
    topics: log.topics as Hex[],
    data: log.data as Hex,
  }))
