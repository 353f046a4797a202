import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {gunzipSync} from 'node:zlib'
import {type Hex, parseAddress, parseHash32} from '../../src/domain/hex'
import type {Log} from '../../src/domain/log'
import {CHAIN} from './filledDatabase'

type Recorded = Readonly<
  Record<'address' | 'data' | 'blockNumber' | 'blockHash' | 'timeStamp' | 'logIndex' | 'transactionHash' | 'from', string> & {topics: Hex[]}
>
type Frame = Readonly<{frame: number; logs: readonly Recorded[]}>
export type ReportedSale = Readonly<{frame: number; eth: string; timestamp: number}>

const read = (path: string): Buffer => readFileSync(join(__dirname, '../fixtures', path))
const FRAMES = gunzipSync(read('collections/lost-robbies.jsonl.gz'))
  .toString()
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Frame)

export const LOST_ROBBIES = parseAddress('0x41a322b28d0ff354040e2cbc676f0320d8c8850d')
/** Frame 1 has token id 191. */
export const tokenIdOf = (frame: number): number => frame + 190
export const reportedSales = JSON.parse(read('answers/lost-robbies-sales.json').toString()) as readonly ReportedSale[]

/** The recording has zero as `0x`. */
const numberOf = (hex: string): number => (hex === '0x' ? 0 : Number(hex))

/** In chain order. */
export const lostRobbiesLogs: readonly Log[] = FRAMES.flatMap(({logs}) => logs)
  .map(
    (log): Log => ({
      chainId: CHAIN,
      blockNumber: numberOf(log.blockNumber),
      blockHash: parseHash32(log.blockHash),
      timestamp: numberOf(log.timeStamp),
      transactionHash: parseHash32(log.transactionHash),
      transactionFrom: parseAddress(log.from),
      logIndex: numberOf(log.logIndex),
      address: parseAddress(log.address),
      topics: log.topics,
      data: log.data as Hex,
    }),
  )
  .sort((a, b) => a.blockNumber - b.blockNumber || a.logIndex - b.logIndex)

/** SuperRare V1 in ten lines: its Transfer looks like an ERC-20's, and it is its own marketplace. */
export const LOST_ROBBIES_YAML = `
events:
  - contract: "${LOST_ROBBIES}"
    event: "Transfer(address indexed from, address indexed to, uint256 tokenId)"
    as: token.transferred
    fields: {tokenId: tokenId, from: from, to: to}
  - contract: "${LOST_ROBBIES}"
    event: "Sold(address indexed buyer, address indexed seller, uint256 amount, uint256 indexed tokenId)"
    as: sale.settled
    fields: {tokenId: tokenId, seller: seller, buyer: buyer, price: amount}
  - contract: "${LOST_ROBBIES}"
    event: "AcceptBid(address indexed bidder, address indexed seller, uint256 amount, uint256 indexed tokenId)"
    as: sale.settled
    fields: {tokenId: tokenId, seller: seller, buyer: bidder, price: amount}
`
