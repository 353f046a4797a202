import type {ChainId} from './caip'
import type {Address, Hash32, Hex} from './hex'

/** One event log as the chain has it; what standards decode. */
export type Log = Readonly<{
  chainId: ChainId
  blockNumber: number
  blockHash: Hash32
  /** Block time, unix seconds. */
  timestamp: number
  transactionHash: Hash32
  /** Null when the source does not tell it. */
  transactionFrom: Address | null
  logIndex: number
  address: Address
  topics: readonly Hex[]
  data: Hex
}>
