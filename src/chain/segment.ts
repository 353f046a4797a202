import {createHash} from 'node:crypto'
import type {BlockRange} from './blockRange'
import {ByteWriter, createByteReader} from './byteStream'
import type {ChainBlock, RawLog, RawTransaction} from './chainBlock'

/** A piece of the cache: the blocks with logs of a range, its last block, and the parent of its first where known. */
export type Segment = Readonly<{range: BlockRange; parentHash: string | null; blocks: readonly ChainBlock[]}>

/** A file that is not what was written. */
export class DamagedSegment extends Error {
  override readonly name = 'DamagedSegment'
  readonly code = 'E_DAMAGED_SEGMENT'
}

const MAGIC = Buffer.from('PIS1')
const HASH_BYTES = 32

/** `PIS1`, SHA-256 of the rest, the rest: addresses and first topics by number, other topics without leading zeros, hashes once. */
export function encodeSegment({range, parentHash, blocks}: Segment): Buffer {
  const writer = new ByteWriter()
  const names = new Map<string, number>()
  for (const {logs} of blocks) {
    for (const {address, topics} of logs) {
      if (!names.has(address)) names.set(address, names.size)
      if (topics[0] !== undefined && !names.has(topics[0])) names.set(topics[0], names.size)
    }
  }
  writer.natural(range.from)
  writer.natural(range.to)
  writer.natural(parentHash ? 1 : 0)
  if (parentHash) writer.bytes(parentHash)
  writer.natural(names.size)
  for (const name of names.keys()) {
    writer.natural(name.length)
    writer.bytes(name)
  }
  writer.natural(blocks.length)
  let before: ChainBlock | null = null
  for (const block of blocks) {
    encodeHeader(writer, block, before)
    for (const transaction of block.transactions) encodeTransaction(writer, transaction)
    encodeLogs(writer, block.logs, names)
    before = block
  }
  const body = writer.finish()
  return Buffer.concat([MAGIC, createHash('sha256').update(body).digest(), body])
}

type Reader = ReturnType<typeof createByteReader>

function encodeHeader(writer: ByteWriter, block: ChainBlock, before: ChainBlock | null): void {
  const linked = before !== null && before.number + 1 === block.number && before.hash === block.parentHash
  writer.natural(block.number - (before?.number ?? 0))
  writer.integer(block.timestamp - (before?.timestamp ?? 0))
  writer.bytes(block.hash)
  writer.natural(linked ? 1 : 0)
  if (!linked) writer.bytes(block.parentHash)
  writer.natural(block.transactions.length)
  writer.natural(block.logs.length)
}

function encodeTransaction(writer: ByteWriter, {transactionIndex, hash, from, to}: RawTransaction): void {
  writer.natural(transactionIndex * 2 + (to ? 1 : 0))
  writer.bytes(hash)
  writer.bytes(from)
  if (to) writer.bytes(to)
}

function encodeLogs(writer: ByteWriter, logs: readonly RawLog[], names: ReadonlyMap<string, number>): void {
  let before: RawLog | null = null
  for (const log of logs) {
    const same = before?.transactionHash === log.transactionHash
    writer.natural(log.topics.length * 2 + (same ? 1 : 0))
    writer.natural(log.logIndex - (before?.logIndex ?? 0))
    if (!same) {
      writer.natural(log.transactionIndex)
      writer.bytes(log.transactionHash)
    }
    writer.natural(names.get(log.address) as number)
    log.topics.forEach((topic, i) => (i === 0 ? writer.natural(names.get(topic) as number) : writer.word(topic)))
    writer.natural((log.data.length - 2) >> 1)
    writer.bytes(log.data)
    before = log
  }
}

const bodyOf = (file: Buffer): Buffer => file.subarray(MAGIC.length + HASH_BYTES)
const isOfThisVersion = (file: Buffer): boolean => file.subarray(0, MAGIC.length).equals(MAGIC)
const fitsChecksum = (file: Buffer): boolean =>
  createHash('sha256')
    .update(bodyOf(file))
    .digest()
    .equals(file.subarray(MAGIC.length, MAGIC.length + HASH_BYTES))

/** Whether a file is as it was written, without decoding it. */
export const isIntact = (file: Buffer): boolean => isOfThisVersion(file) && fitsChecksum(file)

/** @throws DamagedSegment */
export function decodeSegment(file: Buffer): Segment {
  if (!isOfThisVersion(file)) throw new DamagedSegment('not a segment of this version')
  if (!fitsChecksum(file)) throw new DamagedSegment('the checksum does not fit')
  try {
    return decodeBody(createByteReader(bodyOf(file)))
  } catch (error) {
    throw new DamagedSegment('the segment cannot be read', {cause: error})
  }
}

function decodeBody(reader: Reader): Segment {
  const range = {from: reader.natural(), to: reader.natural()}
  const parentHash = reader.natural() ? reader.bytes(HASH_BYTES) : null
  const names = Array.from({length: reader.natural()}, () => reader.bytes((reader.natural() - 2) >> 1))
  const count = reader.natural()
  const blocks: ChainBlock[] = []
  for (let i = 0; i < count; i++) blocks.push(decodeBlock(reader, blocks.at(-1) ?? null, names))
  return {range, parentHash, blocks}
}

function decodeBlock(reader: Reader, before: ChainBlock | null, names: readonly string[]): ChainBlock {
  const number = (before?.number ?? 0) + reader.natural()
  const timestamp = (before?.timestamp ?? 0) + reader.integer()
  const hash = reader.bytes(HASH_BYTES)
  const parentHash = reader.natural() ? (before as ChainBlock).hash : reader.bytes(HASH_BYTES)
  const [transactionCount, logCount] = [reader.natural(), reader.natural()]
  const transactions = Array.from({length: transactionCount}, () => decodeTransaction(reader))
  const logs: RawLog[] = []
  for (let i = 0; i < logCount; i++) logs.push(decodeLog(reader, logs.at(-1) ?? null, names, number, hash))
  return {number, hash, parentHash, timestamp, logs, transactions}
}

function decodeTransaction(reader: Reader): RawTransaction {
  const head = reader.natural()
  return {transactionIndex: head >> 1, hash: reader.bytes(HASH_BYTES), from: reader.bytes(20), to: head & 1 ? reader.bytes(20) : null}
}

function decodeLog(reader: Reader, before: RawLog | null, names: readonly string[], blockNumber: number, blockHash: string): RawLog {
  const head = reader.natural()
  const logIndex = (before?.logIndex ?? 0) + reader.natural()
  const same = (head & 1) === 1 && before !== null
  const transactionIndex = same ? before.transactionIndex : reader.natural()
  const transactionHash = same ? before.transactionHash : reader.bytes(HASH_BYTES)
  const address = names[reader.natural()] as string
  const topics: string[] = []
  for (let i = 0; i < head >> 1; i++) topics.push(i === 0 ? (names[reader.natural()] as string) : reader.word())
  return {blockNumber, blockHash, logIndex, transactionIndex, transactionHash, address, topics, data: reader.bytes(reader.natural())}
}
