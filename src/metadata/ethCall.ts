import {isRevert} from '../chain/revertWords'
import type {Address, Hash32, Hex} from '../domain/hex'

/** What a contract answered. A revert, no code, or an answer past the cap are the contract's doing: values, not errors. */
export type CallResult = Readonly<{ok: true; data: Hex}> | Readonly<{ok: false; reason: CallFailure}>
export type CallFailure = 'reverted' | 'no_code' | 'too_large' | 'malformed'

export type Call = Readonly<{to: Address; data: Hex}>
export type PinnedBlock = Readonly<{number: number; hash: Hash32}>

/** The node could not be asked: try again later, perhaps elsewhere. */
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

type Reply = Readonly<{id?: unknown; result?: unknown; error?: Readonly<{code?: unknown; message?: unknown}>}>

/** `url`: http(s); a ws(s) URL is asked over http(s) at the same place, as every node we know serves both. */
export function createContractReader(url: string, {timeoutMs = 15_000, maxBytes = 512 * 1024} = {}): ContractReader {
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

  return {
    fetchHead: async () => {
      const reply = await fetchRpc('eth_getBlockByNumber', ['latest', false], 1)
      const block = reply === 'too_large' ? null : (reply.result as {number?: unknown; hash?: unknown} | null)
      if (typeof block?.number !== 'string' || typeof block.hash !== 'string') throw new NodeUnavailable('node has no latest block')
      return {number: Number(block.number), hash: block.hash as Hash32}
    },
    // One request a call: an answer past the cap then costs only itself.
    fetchCalls: (calls, at) =>
      Promise.all(
        calls.map(async ({to, data}, i) => parseCallReply(await fetchRpc('eth_call', [{to, data}, {blockHash: at.hash}], i + 1))),
      ),
  }
}

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
    throw new NodeUnavailable(`node refused eth_call (${String(error.code)})`)
  }
  if (result === '0x') return {ok: false, reason: 'no_code'}
  if (typeof result !== 'string' || !/^0x([0-9a-f]{2})*$/i.test(result)) return {ok: false, reason: 'malformed'}
  return {ok: true, data: result as Hex}
}
