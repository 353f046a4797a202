/** A log as the gateway holds it: verified in shape, lower-case hex; what a node sent beyond these is dropped. */
export type RawLog = Readonly<{
  blockNumber: number
  blockHash: string
  logIndex: number
  transactionIndex: number
  transactionHash: string
  address: string
  topics: readonly string[]
  data: string
}>

/** All that a log says, to tell whether two are one; the height is in the hash of the block. */
export const identifyLog = ({blockHash, logIndex, transactionIndex, transactionHash, address, topics, data}: RawLog): string =>
  `${blockHash}/${logIndex}/${transactionIndex}/${transactionHash}/${address}/${topics.join()}/${data}`

export type RawHeader = Readonly<{
  number: number
  hash: string
  parentHash: string
  /** Unix seconds. */
  timestamp: number
  /** 512 hex digits after 0x. */
  logsBloom: string
  receiptsRoot: string
  transactionCount: number
  /** Present when whole transactions were asked for. */
  transactions: readonly RawTransaction[] | null
  /** Present when they were asked for: those of thousands of headers are much to remember. */
  transactionHashes: readonly string[] | null
}>

export type RawTransaction = Readonly<{transactionIndex: number; hash: string; from: string; to: string | null}>

/** What is kept and handed over of a block: no bloom any more. */
export type ChainBlock = Readonly<{
  number: number
  hash: string
  parentHash: string
  timestamp: number
  logs: readonly RawLog[]
  transactions: readonly RawTransaction[]
}>
