import {setImmediate} from 'node:timers/promises'
import type {BlockData, FieldSelection} from '@subsquid/evm-processor'
import type {ChainId} from '../domain/caip'
import {type Address, type Hash32, type Hex, parseAddress} from '../domain/hex'
import {blockId} from '../domain/ids'
import type {Log} from '../domain/log'
import type {Ask, BlockPin} from '../domain/question'
import type {BlockRow, DecodeFailureRow} from '../domain/rows'
import {admit, dropForeignCreations, type Listed} from './admission'
import {decodeLogs} from './decodeLogs'
import {foldPrepared, type PreparedEvents, prepareEvents} from './foldEvents'
import type {ProjectionIndex} from './projectionIndex'
import {type Answers, askEachOnce, distribute, NO_ANSWERS, pinQuestion, questionsOf} from './questions'
import type {Router} from './router'
import type {Changes, CreatedContracts, Store} from './store'

/** What the processor asks Subsquid for. */
export const FIELDS = {
  block: {timestamp: true},
  log: {address: true, topics: true, data: true, transactionHash: true},
  transaction: {from: true},
} as const satisfies FieldSelection

export type SubsquidBlock = BlockData<typeof FIELDS>

export type Pipeline = Readonly<{
  chainId: ChainId
  router: Router
  projections: ProjectionIndex
  trusted: ReadonlySet<Address>
  /** Null: every log that is asked for counts. */
  listed: Listed | null
  /** Null: there is nobody to ask, and what only the chain knows is stored as unknown. */
  ask: Ask | null
}>

/** What a batch came to, and the milliseconds its pure stages took. */
export type BatchReport = Readonly<{blocks: number; events: number; failures: number; decodeMs: number; foldMs: number}>

/** Logs folded at once, about: few enough to die young, enough for one round trip of reads to be worth it. */
const LOGS_AT_ONCE = 300

/** Pieces decoded, and their rows on the way, while one is folded. */
const PIECES_AHEAD = 4

/**
 * One slice of blocks, from Subsquid's shapes to rows. Subsquid may call it again for the same blocks (a transaction that is retried) and
 * once for each hot block, so nothing is remembered between calls but what the factories made, which is as the blocks are. A slice is worked off in pieces, between which other work of the
 * thread, above all the writing of the slice before, has its turn; where it is cut makes no difference (INV-1).
 */
export async function handleBlocks(
  blocks: readonly SubsquidBlock[],
  pipeline: Pipeline,
  store: Store,
  created: CreatedContracts,
): Promise<BatchReport> {
  const report = {blocks: blocks.length, events: 0, failures: 0, decodeMs: 0, foldMs: 0}
  const ahead: Decoded[] = []
  const foldNext = async () => {
    const next = ahead.shift()
    if (!next) return
    const {blocks, fetched, prepared, events, failures} = next
    await fetched
    const started = performance.now()
    const changes = await foldPrepared(prepared, pipeline.projections, store.load)
    report.events += events
    report.failures += failures.length
    const told = new Set([...prepared.events.map(({ref}) => ref.blockNumber), ...failures.map(({blockNumber}) => blockNumber)])
    await store.flush({...changes, ...plain('Block', blockRows(blocks, told, pipeline.chainId)), ...plain('DecodeFailure', failures)})
    report.foldMs += performance.now() - started
    await setImmediate()
  }
  for (const piece of piecesOf(blocks, pipeline.chainId)) {
    const logs = admit(piece.logs, pipeline, created)
    const answers = await askAbout({blocks: piece.blocks, logs}, pipeline)
    const started = performance.now()
    const {events: told, failures} = decodeLogs(logs, pipeline.router, pipeline.trusted, answers)
    const events = dropForeignCreations(told, pipeline.listed)
    const prepared = prepareEvents(events, pipeline.projections)
    const fetched = store.prefetch?.(prepared.reads.keys) ?? Promise.resolve()
    // Told when it is awaited.
    fetched.catch(() => {})
    report.decodeMs += performance.now() - started
    ahead.push({events: events.length, failures, blocks: piece.blocks, prepared, fetched})
    if (ahead.length > PIECES_AHEAD) await foldNext()
  }
  while (ahead.length > 0) await foldNext()
  return report
}

/** What a log alone does not tell, from the chain at its block: for most pieces nothing. */
async function askAbout(
  {blocks, logs}: Readonly<{blocks: readonly SubsquidBlock[]; logs: readonly Log[]}>,
  {router, trusted, ask}: Pipeline,
): Promise<Answers> {
  const asked = ask ? questionsOf(logs, router, trusted) : []
  if (asked.length === 0 || !ask) return NO_ANSWERS
  const headers = new Map(blocks.map(({header}) => [header.height, header]))
  const pinned = asked.flatMap(({log, questions}) => {
    const {height, hash, parentHash} = headers.get(log.blockNumber) as SubsquidBlock['header']
    const [block, parent] = [
      {number: height, hash},
      {number: Math.max(0, height - 1), hash: parentHash},
    ] as [BlockPin, BlockPin]
    return questions.map((question) => pinQuestion(question, log, block, parent))
  })
  return distribute(asked, await askEachOnce(pinned, ask))
}

type Decoded = Readonly<{
  blocks: readonly SubsquidBlock[]
  prepared: PreparedEvents
  events: number
  failures: readonly DecodeFailureRow[]
  fetched: Promise<void>
}>

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

type Piece = {blocks: SubsquidBlock[]; logs: Log[]}

function* piecesOf(blocks: readonly SubsquidBlock[], chainId: ChainId): Generator<Piece> {
  let piece: Piece = {blocks: [], logs: []}
  for (const block of blocks) {
    piece.blocks.push(block)
    for (const log of logsOf(block, chainId)) piece.logs.push(log)
    if (piece.logs.length < LOGS_AT_ONCE) continue
    yield piece
    piece = {blocks: [], logs: []}
  }
  if (piece.logs.length > 0) yield piece
}

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
