import {createServer} from 'node:http'
import type {AddressInfo} from 'node:net'
import {AbiCoder} from 'ethers'

/** What comes of a call: bytes, a revert, no such function, work until the node gives up, or a state that the node has forgotten. */
export type Answer = string | 'revert' | 'none' | keyof typeof NODE_FAILS
/** As go-ethereum says it. */
const NODE_FAILS = {endless: 'execution aborted (timeout = 5s)', forgotten: 'missing trie node'} as const
export type Asked = Readonly<{to: string; data: string; block: string}>
type Call = Readonly<{id: number; method: string; params: readonly unknown[]}>

const MULTICALL = '0xca11bde05977b3631167028862be2a173976ca11'
const AGGREGATE = '0x82ad56cb'
const coder = AbiCoder.defaultAbiCoder()

/** An ABI string, as tokenURI answers it. */
export const abiText = (text: string): string => coder.encode(['string'], [text])
export const tokenIdOf = ({data}: Pick<Asked, 'data'>): bigint => BigInt(`0x${data.slice(10) || '0'}`)

/** A node whose contracts answer as `contract` says. With `hasMulticall`, Multicall3 is deployed. */
export async function startContractNode(contract: (asked: Asked) => Answer, {hasMulticall = true} = {}) {
  const asked: Asked[] = []
  let requests = 0
  let head = {number: 0, hash: `0x${'0'.repeat(64)}`}
  let isAway = false

  const call = ({to, data, block}: Asked): Answer => {
    if (to !== MULTICALL) {
      asked.push({to, data, block})
      return contract({to, data, block})
    }
    if (!hasMulticall) return 'none'
    if (!data.startsWith(AGGREGATE)) return `0x${'1'.padStart(64, '0')}`
    const [calls] = coder.decode(['tuple(address,bool,bytes)[]'], `0x${data.slice(10)}`) as unknown as [
      readonly [string, boolean, string][],
    ]
    const answers = calls.map(([target, , inner]) => call({to: target.toLowerCase(), data: inner, block}))
    const failed = answers.find((answer) => answer in NODE_FAILS)
    if (failed) return failed
    // As long as the real one; to encode it would take this node seconds.
    const length = answers.reduce((sum, answer) => sum + answer.length, 0)
    if (length > 1_000_000) return `0x${'00'.repeat(length)}`
    return coder.encode(
      ['tuple(bool,bytes)[]'],
      [answers.map((answer) => (answer === 'revert' ? [false, '0x'] : [true, answer === 'none' ? '0x' : answer]))],
    )
  }
  const reply = ({id, method, params}: Call) => {
    const answered = (result: unknown) => ({jsonrpc: '2.0', id, result})
    if (method === 'eth_getBlockByNumber') return answered({number: `0x${head.number.toString(16)}`, hash: head.hash})
    const [{to, data}, at] = params as [{to: string; data: string}, {blockHash: string}]
    const result = call({to: to.toLowerCase(), data, block: at.blockHash})
    if (result in NODE_FAILS) return {jsonrpc: '2.0', id, error: {code: -32000, message: NODE_FAILS[result as keyof typeof NODE_FAILS]}}
    return result === 'revert'
      ? {jsonrpc: '2.0', id, error: {code: 3, message: 'execution reverted'}}
      : answered(result === 'none' ? '0x' : result)
  }
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    requests += 1
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      if (isAway) return void response.writeHead(503).end()
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify(reply(JSON.parse(Buffer.concat(chunks).toString()) as Call)))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** Calls of contracts, those inside a multicall one by one. */
    asked,
    requests: () => requests,
    setHead: (next: typeof head) => (head = next),
    leave: (away: boolean) => (isAway = away),
    stop: () => new Promise<void>((resolve) => (server.closeAllConnections(), server.close(() => resolve()))),
  }
}
export type ContractNode = Awaited<ReturnType<typeof startContractNode>>
