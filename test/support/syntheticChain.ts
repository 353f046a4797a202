import {createHash} from 'node:crypto'
import {createBloom} from '../../src/chain/bloom'
import type {Keccak} from '../../src/chain/keccak'
import {receiptsRoot, stateSyncHash} from '../../src/chain/receiptsRoot'
import {parseReceipts} from '../../src/chain/rpcShapes'

/** A small chain with true parent links, blooms and receipt roots; a pure function of its options and of what was done to it. */
export type RpcLog = Readonly<{
  address: string
  topics: readonly string[]
  data: string
  blockNumber: string
  blockHash: string
  transactionHash: string
  transactionIndex: string
  logIndex: string
  removed: boolean
}>
type Transaction = Readonly<{
  hash: string
  from: string
  to: string
  transactionIndex: string
  blockNumber: string
  blockHash: string
  input: string
}>
type Receipt = Readonly<{transactionHash: string; logs: readonly RpcLog[]} & Record<string, unknown>>
export type SyntheticBlock = Readonly<{
  number: number
  hash: string
  header: Readonly<Record<string, unknown>>
  transactions: readonly Transaction[]
  receipts: readonly Receipt[]
  logs: readonly RpcLog[]
}>

export type SyntheticChain = Readonly<{
  blocks: readonly SyntheticBlock[]
  head: () => number
  append: (count?: number) => void
  /** Replaces the last `depth` blocks by `added` others. */
  fork: (depth: number, added: number) => void
  truncate: (depth: number) => void
}>

const bytes = (...parts: readonly unknown[]): string => `0x${createHash('sha256').update(parts.join('/')).digest('hex')}`
const hex = (value: number): string => `0x${value.toString(16)}`

export const CONTRACTS = [1, 2, 3].map((n) => bytes('contract', n).slice(0, 42))
const STRANGER = bytes('stranger').slice(0, 42)
export const TRANSFER = '0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef'
export const UPDATED = '0xf8e1a15aba9398e019f0b49df1a4fde98ee17ae345cb5f6b5e2c27f5033e8ce7'

export function buildChain(
  keccak: Keccak,
  {blocks: count, seed = 1, every = 1}: Readonly<{blocks: number; seed?: number; every?: number}>,
): SyntheticChain {
  const bloom = createBloom(keccak)
  const blocks: SyntheticBlock[] = []
  let fork = 0

  const build = (number: number): SyntheticBlock => {
    const parent = blocks[number - 1]
    const salt = fork === 0 ? `${seed}` : `${seed}-${fork}`
    const hash = bytes('block', salt, number, parent?.hash)
    const drafts = number % every === 0 ? [0, 1, 2].map((i) => draftLogs(salt, number, i)) : []
    let logIndex = 0
    const place = (i: number) => ({
      blockNumber: hex(number),
      blockHash: hash,
      transactionHash: bytes('tx', salt, number, i),
      transactionIndex: hex(i),
    })
    const receipts = drafts.map((draft, i): Receipt => {
      const logs = draft.map((log): RpcLog => ({...log, ...place(i), logIndex: hex(logIndex++), removed: false}))
      const shape = {
        ...place(i),
        from: bytes('from', number, i).slice(0, 42),
        to: CONTRACTS[0],
        type: '0x2',
        status: '0x1',
        cumulativeGasUsed: hex(21_000 * (i + 1)),
      }
      return {...shape, logs, logsBloom: bloom.ofLogs(parseReceipts([{...shape, logs, logsBloom: `0x${'0'.repeat(512)}`}])[0]?.logs ?? [])}
    })
    const parsed = parseReceipts(receipts)
    const logs = receipts.flatMap((receipt) => receipt.logs)
    const transactions = receipts.map(
      (receipt, i): Transaction => ({
        ...place(i),
        hash: receipt.transactionHash,
        from: String(receipt['from']),
        to: String(receipt['to']),
        input: '0xdeadbeef00',
      }),
    )
    const header = {
      number: hex(number),
      hash,
      parentHash: parent?.hash ?? bytes('genesis'),
      timestamp: hex(1_700_000_000 + 12 * number),
      logsBloom: bloom.ofLogs(parsed.flatMap((receipt) => receipt.logs)),
      receiptsRoot: receiptsRoot(parsed, keccak),
    }
    return {number, hash, header, transactions, receipts, logs}
  }

  const append = (n = 1) => {
    for (let i = 0; i < n; i++) blocks.push(build(blocks.length))
  }
  append(count)
  return {
    blocks,
    head: () => blocks.length - 1,
    append,
    fork: (depth, added) => {
      fork += 1
      blocks.splice(blocks.length - depth)
      append(added)
    },
    truncate: (depth) => void blocks.splice(blocks.length - depth),
  }
}

const word = (value: number): string => `0x${value.toString(16).padStart(64, '0')}`

/** A transfer of ours, an update of ours or not, and a stranger's transfer. */
function draftLogs(
  salt: string,
  number: number,
  i: number,
): readonly Readonly<{address: string; topics: readonly string[]; data: string}>[] {
  const contract = CONTRACTS[(number + i) % CONTRACTS.length] as string
  const transfer = {address: contract, topics: [TRANSFER, word(number), word(i + 1), word(number * 10 + i)], data: '0x'}
  const update = {address: contract, topics: [UPDATED], data: word(Number(BigInt(bytes(salt, number, i)) % 1_000_003n))}
  const foreign = {address: STRANGER, topics: [TRANSFER, word(7), word(8)], data: word(number)}
  return i === 0 ? [transfer, foreign] : i === 1 ? [update] : [foreign]
}

/** What an indexer of these contracts must see. */
export const wantedLogs = (chain: SyntheticChain, from: number, to: number): readonly RpcLog[] =>
  chain.blocks.slice(from, to + 1).flatMap((block) => block.logs.filter(({address}) => CONTRACTS.includes(address)))

/** The same chain as a node of Polygon has it that knows the state sync: every 16th block has one more transaction, which no header commits to. */
export function withStateSync(chain: SyntheticChain, keccak: Keccak): SyntheticChain {
  const synced = chain.blocks.map((block): SyntheticBlock => {
    const [first] = block.receipts
    if (block.number % 16 !== 0 || !first) return block
    const hash = stateSyncHash(block.number, block.hash, keccak)
    const place = {transactionHash: hash, transactionIndex: hex(block.receipts.length)}
    const minted = {address: CONTRACTS[0] as string, topics: [TRANSFER, word(0), word(1), word(block.number * 10 + 9)], data: '0x'}
    const at = {blockNumber: hex(block.number), blockHash: block.hash, logIndex: hex(block.logs.length), removed: false}
    const log: RpcLog = {...minted, ...at, ...place}
    return {
      ...block,
      logs: [...block.logs, log],
      receipts: [...block.receipts, {...first, ...place, cumulativeGasUsed: '0x0', logs: [log]}],
      transactions: [...block.transactions, {...(block.transactions[0] as Transaction), hash, transactionIndex: place.transactionIndex}],
    }
  })
  return {...chain, blocks: synced}
}
