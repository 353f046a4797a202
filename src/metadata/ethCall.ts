import {isRevert} from '../chain/revertWords'
import {type Address, type Hash32, type Hex, parseAddress} from '../domain/hex'

/**
 * What a contract answered. A revert, no code, an answer past the cap, or a call that keeps a node busy until it gives up (`unanswered`) are the
 * contract's doing: values, not errors.
 */
export type CallResult = Readonly<{ok: true; data: Hex}> | Readonly<{ok: false; reason: CallFailure}>
export type CallFailure = 'reverted' | 'no_code' | 'too_large' | 'malformed' | 'unanswered'

export type Call = Readonly<{to: Address; data: Hex}>
export type PinnedBlock = Readonly<{number: number; hash: Hash32}>

/** No node could be asked: try again later. */
export class NodeUnavailable extends Error {
  override readonly name = 'NodeUnavailable'
  readonly code = 'E_NODE_UNAVAILABLE'
  readonly retryable = true
}

export type ContractReader = Readonly<{
  /** @throws NodeUnavailable */
  fetchHead: () => Promise<PinnedBlock>
  /** Every call at one block, in order. @throws NodeUnavailable */
  fetchCalls: (calls: readonly Call[], at: PinnedBlock) => Promise<readonly CallResult[]>
}>

/** go-ethereum and its kin ("execution aborted (timeout = 5s)"), Erigon ("execution timeout"), Nethermind ("Timeout"), providers ("request timed out"). */
const GAVE_UP = /execution aborted|time(d)?[ -]?out/i

type Reply = Readonly<{id?: unknown; result?: unknown; error?: Readonly<{code?: unknown; message?: unknown}>}>

type Limits = Readonly<{timeoutMs?: number; maxBytes?: number}>

/**
 * Asks the node that answered last, and while that is away the others in turn. A ws(s) URL is asked over http(s) at the same place, as every node we
 * know serves both.
 */
export function createContractReader(urls: readonly string[], limits: Limits = {}): ContractReader {
  const nodes = urls.map((url) => createNodeReader(url, limits))
  let preferred = 0
  const askInTurn = async <T>(question: (node: ContractReader) => Promise<T>): Promise<T> => {
    const from = preferred
    let away = new NodeUnavailable('no node is configured')
    for (let turn = 0; turn < nodes.length; turn++) {
      const at = (from + turn) % nodes.length
      try {
        const answer = await question(nodes[at] as ContractReader)
        preferred = at
        return answer
      } catch (error) {
        if (!(error instanceof NodeUnavailable)) throw error
        away = error
      }
    }
    throw away
  }
  return {
    fetchHead: () => askInTurn((node) => node.fetchHead()),
    fetchCalls: (calls, at) => askInTurn((node) => node.fetchCalls(calls, at)),
  }
}

/** Answered by every node without any work: nobody's code, no data. */
const NO_WORK: Call = {to: parseAddress(`0x${'00'.repeat(20)}`), data: '0x'}

function createNodeReader(url: string, {timeoutMs = 10_000, maxBytes = 512 * 1024}: Limits): ContractReader {
  const endpoint = url.replace(/^ws/, 'http')

  const fetchRpc = async (method: string, params: readonly unknown[], id: number): Promise<Reply | 'too_large'> => {
    try {
      const response = await fetch(endpoint, {
        method: 'POST',
        headers: {'content-type': 'application/json'},
        body: JSON.stringify({jsonrpc: '2.0', id, method, params}),
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMs),
      })
      if (!response.ok) throw new NodeUnavailable(`node answered HTTP ${response.status}`)
      const text = await readCapped(response, maxBytes)
      return text === null ? 'too_large' : parseReply(text)
    } catch (error) {
      if (error instanceof NodeUnavailable) throw error
      throw new NodeUnavailable(`node did not answer ${method}`, {cause: error})
    }
  }

  const fetchCall = async ({to, data}: Call, at: PinnedBlock, id: number): Promise<CallResult> => {
    try {
      return parseCallReply(await fetchRpc('eth_call', [{to, data}, {blockHash: at.hash}], id))
    } catch (error) {
      if (isTimeout((error as Error).cause)) return {ok: false, reason: 'unanswered'}
      throw error
    }
  }

  return {
    fetchHead: async () => {
      const reply = await fetchRpc('eth_getBlockByNumber', ['latest', false], 1)
      const block = reply === 'too_large' ? null : (reply.result as {number?: unknown; hash?: unknown} | null)
      if (typeof block?.number !== 'string' || typeof block.hash !== 'string') throw new NodeUnavailable('node has no latest block')
      return {number: Number(block.number), hash: block.hash as Hash32}
    },
    // One request a call: an answer past the cap then costs only itself.
    fetchCalls: async (calls, at) => {
      const results = await Promise.all(calls.map((call, i) => fetchCall(call, at, i + 1)))
      if (results.length === 0 || !results.every((result) => !result.ok && result.reason === 'unanswered')) return results
      // Nobody got an answer: is it the node?
      const answer = await fetchCall(NO_WORK, at, calls.length + 1)
      if (!answer.ok && answer.reason === 'unanswered') throw new NodeUnavailable('node gives up on every call')
      return results
    },
  }
}

const isTimeout = (error: unknown): boolean => error instanceof Error && error.name === 'TimeoutError'

async function readCapped(response: Response, maxBytes: number): Promise<string | null> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of response.body ?? []) {
    bytes += (chunk as Uint8Array).length
    if (bytes > maxBytes) return null
    chunks.push(chunk as Uint8Array)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function parseReply(text: string): Reply {
  const reply: unknown = JSON.parse(text)
  if (typeof reply !== 'object' || reply === null) throw new NodeUnavailable('node answered something that is no JSON-RPC reply')
  return reply
}

function parseCallReply(reply: Reply | 'too_large'): CallResult {
  if (reply === 'too_large') return {ok: false, reason: 'too_large'}
  const {result, error} = reply
  if (error) {
    if (isRevert(error)) return {ok: false, reason: 'reverted'}
    if (typeof error.message === 'string' && GAVE_UP.test(error.message)) return {ok: false, reason: 'unanswered'}
    throw new NodeUnavailable(`node refused eth_call (${String(error.code)})`)
  }
  if (result === '0x') return {ok: false, reason: 'no_code'}
  if (typeof result !== 'string' || !/^0x([0-9a-f]{2})*$/i.test(result)) return {ok: false, reason: 'malformed'}
  return {ok: true, data: result as Hex}
}
