import {EMPTY_BLOOM} from './bloom'
import type {RawHeader, RawLog, RawTransaction} from './chainBlock'
import {RpcFailure} from './rpcFailure'

/** Answers of nodes, checked by shape. All throw RpcFailure('malformed'): a node that answers something else has not answered. */

const ADDRESS = /^0x[0-9a-f]{40}$/
const HASH = /^0x[0-9a-f]{64}$/
const BLOOM = /^0x[0-9a-f]{512}$/
const BYTES = /^0x(?:[0-9a-f]{2})*$/
const QUANTITY = /^0x[0-9a-f]{1,13}$/i
const MAX_TOPICS = 4
const MAX_SECONDS = 8.64e12

const malformed = (what: string) => new RpcFailure('malformed', `the answer has no valid ${what}`)

function hex(value: unknown, shape: RegExp, what: string): string {
  if (typeof value !== 'string') throw malformed(what)
  if (shape.test(value)) return value
  const lower = value.toLowerCase()
  if (shape.test(lower)) return lower
  throw malformed(what)
}

export function parseQuantity(value: unknown, what: string): number {
  if (typeof value !== 'string' || !QUANTITY.test(value)) throw malformed(what)
  return Number(value)
}

/** Unix seconds up to the last moment that JavaScript has a date for (ECMA-262, Time Values); PostgreSQL goes on for some thousand years. */
function parseTime(value: unknown): number {
  const seconds = parseQuantity(value, 'block.timestamp')
  if (seconds > MAX_SECONDS) throw malformed('block.timestamp: it is no time in seconds')
  return seconds
}

export const parseHash = (value: unknown, what: string): string => hex(value, HASH, what)

type Json = Readonly<Record<string, unknown>>

function record(value: unknown, what: string): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw malformed(what)
  return value as Json
}

export function parseLogs(value: unknown): readonly RawLog[] {
  if (!Array.isArray(value)) throw malformed('list of logs')
  const repeated = createRepeated()
  return value.map((log) => parseLog(log, repeated))
}

/** What most logs of an answer share with the one before them: checked once, and one text in memory for all of them. */
type Repeated = Readonly<{blockHash: Reader; transactionHash: Reader; address: Reader; topic0: Reader}>
type Reader = (value: unknown) => string

/** As hex, for values of which there are few. */
function createReader(shape: RegExp, what: string): Reader {
  const known = new Map<unknown, string>()
  return (value) => {
    const read = known.get(value)
    if (read !== undefined) return read
    const text = hex(value, shape, what)
    known.set(value, text)
    return text
  }
}

/** As hex, for values that come in runs. */
function createRunReader(shape: RegExp, what: string): Reader {
  let last: unknown
  let text = ''
  return (value) => {
    if (value === last && text) return text
    text = hex(value, shape, what)
    last = value
    return text
  }
}

const createRepeated = (): Repeated => ({
  blockHash: createRunReader(HASH, 'log.blockHash'),
  transactionHash: createRunReader(HASH, 'log.transactionHash'),
  address: createReader(ADDRESS, 'log.address'),
  topic0: createReader(HASH, 'topic'),
})

function parseLog(value: unknown, repeated: Repeated): RawLog {
  const log = record(value, 'log')
  if (log['removed'] === true) throw malformed('log: it is marked as removed')
  const topics = log['topics']
  if (!Array.isArray(topics) || topics.length > MAX_TOPICS) throw malformed('topics')
  return {
    blockNumber: parseQuantity(log['blockNumber'], 'log.blockNumber'),
    blockHash: repeated.blockHash(log['blockHash']),
    logIndex: parseQuantity(log['logIndex'], 'log.logIndex'),
    transactionIndex: parseQuantity(log['transactionIndex'], 'log.transactionIndex'),
    transactionHash: repeated.transactionHash(log['transactionHash']),
    address: repeated.address(log['address']),
    topics: topics.map((topic, i) => (i === 0 ? repeated.topic0(topic) : hex(topic, HASH, 'topic'))),
    data: hex(log['data'], BYTES, 'log.data'),
  }
}

/** @throws RpcFailure('behind') when the node has no such block. */
export function parseHeader(value: unknown, number?: number, keepsHashes = false): RawHeader {
  if (value === null) throw new RpcFailure('behind', number === undefined ? 'no such block' : `no block ${number}`)
  const block = record(value, 'block')
  const bloom = block['logsBloom']
  const header = {
    number: parseQuantity(block['number'], 'block.number'),
    hash: hex(block['hash'], HASH, 'block.hash'),
    parentHash: hex(block['parentHash'], HASH, 'block.parentHash'),
    timestamp: parseTime(block['timestamp']),
    // One text for all blocks without logs: there are chains of hardly any others.
    logsBloom: bloom === EMPTY_BLOOM ? EMPTY_BLOOM : hex(bloom, BLOOM, 'block.logsBloom'),
    receiptsRoot: hex(block['receiptsRoot'] ?? `0x${'0'.repeat(64)}`, HASH, 'block.receiptsRoot'),
    transactionCount: Array.isArray(block['transactions']) ? block['transactions'].length : 0,
    transactions: parseTransactions(block['transactions']),
    transactionHashes: keepsHashes ? parseTransactionHashes(block['transactions']) : null,
  }
  if (number !== undefined && header.number !== number) throw malformed(`block: ${header.number} for ${number}`)
  return header
}

function parseTransactions(value: unknown): readonly RawTransaction[] | null {
  if (!Array.isArray(value) || value.length === 0 || typeof value[0] === 'string')
    return Array.isArray(value) && value.length === 0 ? [] : null
  return value.map(parseTransaction)
}

/** Of whole transactions as well as of hashes alone. */
const parseTransactionHashes = (value: unknown): readonly string[] =>
  Array.isArray(value)
    ? value.map((one: unknown) => parseHash(typeof one === 'string' ? one : record(one, 'transaction')['hash'], 'transaction hash'))
    : []

export function parseTransaction(value: unknown): RawTransaction {
  const transaction = record(value, 'transaction')
  return {
    transactionIndex: parseQuantity(transaction['transactionIndex'], 'transactionIndex'),
    hash: hex(transaction['hash'] ?? transaction['transactionHash'], HASH, 'transaction hash'),
    from: hex(transaction['from'], ADDRESS, 'transaction.from'),
    to: transaction['to'] == null ? null : hex(transaction['to'], ADDRESS, 'transaction.to'),
  }
}

/** What the consensus encoding of a receipt needs. Quantities stay hex: cumulative gas may pass 2^53 on test chains. */
export type RawReceipt = Readonly<{
  blockHash: string
  transaction: RawTransaction
  type: number
  /** `0x` and 32 bytes before Byzantium, else null. */
  root: string | null
  status: number
  cumulativeGasUsed: string
  logsBloom: string
  logs: readonly RawLog[]
  depositNonce: string | null
  depositReceiptVersion: string | null
}>

const UINT = /^0x[0-9a-f]{1,64}$/

/** @throws RpcFailure('behind') when the node has no receipts of the block. */
export function parseReceipts(value: unknown): readonly RawReceipt[] {
  if (value === null) throw new RpcFailure('behind', 'no receipts of the block')
  if (!Array.isArray(value)) throw malformed('list of receipts')
  return value.map(parseReceipt)
}

function parseReceipt(value: unknown): RawReceipt {
  const receipt = record(value, 'receipt')
  const root = receipt['status'] == null && typeof receipt['root'] === 'string' ? hex(receipt['root'], HASH, 'receipt.root') : null
  const optional = (key: string) => (receipt[key] == null ? null : hex(receipt[key], UINT, `receipt.${key}`))
  return {
    blockHash: hex(receipt['blockHash'], HASH, 'receipt.blockHash'),
    transaction: parseTransaction(receipt),
    type: receipt['type'] == null ? 0 : parseQuantity(receipt['type'], 'receipt.type'),
    root,
    status: root ? 0 : parseQuantity(receipt['status'], 'receipt.status'),
    cumulativeGasUsed: hex(receipt['cumulativeGasUsed'], UINT, 'receipt.cumulativeGasUsed'),
    logsBloom: hex(receipt['logsBloom'], BLOOM, 'receipt.logsBloom'),
    logs: parseLogs(receipt['logs']),
    depositNonce: optional('depositNonce'),
    depositReceiptVersion: optional('depositReceiptVersion'),
  }
}
