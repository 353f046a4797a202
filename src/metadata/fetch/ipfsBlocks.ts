import {createHash} from 'node:crypto'
import {FetchProblem} from './documentOutcome'

/** Multihash code -> OpenSSL's name. Others (SHA-1 and MD5 among them) prove nothing here. */
const HASHES: Readonly<Record<number, string>> = {18: 'sha256', 19: 'sha512', 20: 'sha3-512', 22: 'sha3-256', 45632: 'blake2b512'}
export const RAW_CODEC = 0x55
const IDENTITY = 0
const MAX_BLOCKS = 20_000
/** Also counts blocks that are read again: a small DAG can unfold without end and without a byte of output. */
const MAX_READS = 50_000

/** These packages are ES modules only: a CommonJS process loads them when the first such document comes. */
const loadLibraries = async () => {
  const [{CID: cids}, {CarBlockIterator}, {exporter}] = await Promise.all([
    import('multiformats/cid'),
    import('@ipld/car/iterator'),
    import('ipfs-unixfs-exporter'),
  ])
  return {cids, CarBlockIterator, exporter}
}

/** The class is reached through its module: of an ES module only that has a type here. */
export type Cid = ReturnType<Awaited<ReturnType<typeof loadLibraries>>['cids']['parse']>

/** @throws FetchProblem `invalid_uri` */
export async function parseCid(text: string): Promise<Cid> {
  const {cids} = await loadLibraries()
  try {
    return cids.parse(text.startsWith('B') ? text.toLowerCase() : text)
  } catch (error) {
    throw new FetchProblem('invalid_uri', `${text.slice(0, 100)} is not a CID`, {cause: error})
  }
}

export const isIdentity = (cid: Cid): boolean => cid.multihash.code === IDENTITY
export const canVerify = (cid: Cid): boolean => isIdentity(cid) || cid.multihash.code in HASHES

/** @throws FetchProblem `dishonest_gateway` when the bytes are not those that the CID names */
export function requireBlock(cid: Cid, bytes: Uint8Array): void {
  const {code, digest} = cid.multihash
  const algorithm = HASHES[code]
  const actual = code === IDENTITY ? bytes : algorithm ? createHash(algorithm).update(bytes).digest() : null
  if (!actual) throw new FetchProblem('unsupported_answer', `a block hashed by 0x${code.toString(16)} cannot be checked`)
  if (Buffer.compare(actual, digest) !== 0)
    throw new FetchProblem('dishonest_gateway', `what was served as block ${cid.toString()} has another hash`)
}

/**
 * The file at `path` below `root`, out of a CAR of which every block is hashed. What comes back is what the CID names, whoever served it.
 * @throws FetchProblem
 */
export async function readCar(car: Uint8Array, root: Cid, path: string, maxBytes: number): Promise<Buffer> {
  const {CarBlockIterator} = await loadLibraries()
  const blocks = new Map<string, Uint8Array>()
  let count = 0
  try {
    for await (const {cid, bytes} of await CarBlockIterator.fromBytes(car)) {
      if (++count > MAX_BLOCKS) throw new FetchProblem('too_large', `more than ${MAX_BLOCKS} blocks`)
      requireBlock(cid, bytes)
      blocks.set(keyOf(cid), bytes)
    }
  } catch (error) {
    throw error instanceof FetchProblem ? error : new FetchProblem('truncated', 'the CAR ends inside a block or is none', {cause: error})
  }
  return exportFile(blocks, root, path, maxBytes)
}

/** Without blocks: only identity CIDs, which carry their content. */
export async function exportFile(blocks: ReadonlyMap<string, Uint8Array>, root: Cid, path: string, maxBytes: number): Promise<Buffer> {
  const {exporter} = await loadLibraries()
  let reads = 0
  let missing: FetchProblem | null = null
  const get = (cid: Cid): Uint8Array => {
    const bytes = isIdentity(cid) ? cid.multihash.digest : blocks.get(keyOf(cid))
    if (!bytes) throw (missing ??= new FetchProblem('truncated', `the block ${cid.toString()} is missing`))
    if (++reads > MAX_READS)
      throw (missing ??= new FetchProblem('not_a_file', `a graph that takes more than ${MAX_READS} reads`, {retryable: false}))
    return bytes
  }
  try {
    const entry = await exporter(path === '' ? root.toString() : `${root.toString()}/${path}`, {get}, {blockReadConcurrency: 1})
    if (entry.type === 'directory') throw new FetchProblem('not_a_file', 'the CID names a directory', {retryable: false})
    if (entry.type === 'object') return Buffer.from(entry.node)
    if (entry.size > BigInt(maxBytes)) throw new FetchProblem('too_large', `a file of ${entry.size} bytes; at most ${maxBytes}`)
    return await collect(entry.content(), maxBytes)
  } catch (error) {
    throw missing ?? toProblem(error)
  }
}

async function collect(content: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of content) {
    bytes += chunk.length
    if (bytes > maxBytes) throw new FetchProblem('too_large', `longer than ${maxBytes} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** CIDs of both versions name one block by one hash. */
const keyOf = (cid: Cid): string => Buffer.from(cid.multihash.bytes).toString('latin1')

/** All blocks that it looked at are what their CIDs say: so is what it found. */
function toProblem(error: unknown): FetchProblem {
  if (error instanceof FetchProblem) return error
  const name = error instanceof Error ? error.name : ''
  if (name === 'NotFoundError') return new FetchProblem('not_found', 'the directory has no such entry', {retryable: false, cause: error})
  return new FetchProblem('not_a_file', `the blocks are no UnixFS file (${name || 'unknown'})`, {retryable: false, cause: error})
}
