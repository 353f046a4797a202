import {expect} from 'vitest'
import type {DomainEvent, EventOf} from '../../src/domain/event'
import {type Address, ZERO_ADDRESS} from '../../src/domain/hex'
import type {Log} from '../../src/domain/log'
import {decodeLogs} from '../../src/pipeline/decodeLogs'
import {createRouter} from '../../src/pipeline/router'
import {settleOrders} from '../../src/pipeline/settleOrders'
import {STANDARDS} from '../../src/standards/registry'
import {address, hash} from './givenEvents'
import {encodeLog} from './givenLogs'

const FULFILLED =
  'OrderFulfilled(bytes32 orderHash, address indexed offerer, address indexed zone, address recipient, (uint8 itemType, address token, uint256 identifier, uint256 amount)[] offer, (uint8 itemType, address token, uint256 identifier, uint256 amount, address recipient)[] consideration)'
const SEAPORT = '0x00000000000000adc04c56bf30ac9d3c0aaf14dc' as Address
export const [ALICE, BOB, CAROL, ARTIST, OPENSEA] = [1, 2, 3, 4, 5].map((n) => address(0xa0 + n)) as [
  Address,
  Address,
  Address,
  Address,
  Address,
]
export const [ART, EDITIONS, WETH, USDC] = [address(0x721), address(0x1155), address(0xeee), address(0xdc)]

export type Item = readonly [type: number, token: string, id: number, amount: number]
type Taken = readonly [...Item, recipient: string]
export const art = (id: number): Item => [2, ART, id, 1]
export const editions = (id: number, amount: number): Item => [3, EDITIONS, id, amount]
export const ether = (amount: number): Item => [0, ZERO_ADDRESS, 0, amount]
export const weth = (amount: number): Item => [1, WETH, 0, amount]
export const to = (recipient: Address, item: Item): Taken => [...item, recipient]

export type Order = Readonly<{ref: number; by: Address; taker?: Address; offers: readonly Item[]; asks: readonly Taken[]}>
export const fulfilled = ({ref, by, taker = CAROL, offers, asks}: Order, emitter = SEAPORT): Log =>
  encodeLog(FULFILLED, [hash(ref), by, ZERO_ADDRESS, taker, offers, asks], {address: emitter, transactionFrom: CAROL})
export const matched = (...refs: readonly number[]): Log =>
  encodeLog('OrdersMatched(bytes32[] orderHashes)', [refs.map(hash)], {address: SEAPORT})

export const router = createRouter(STANDARDS)
export const eventsOf = (logs: readonly Log[]): readonly DomainEvent[] =>
  decodeLogs(
    logs.map((log, logIndex) => ({...log, logIndex})),
    router,
    new Set(),
  ).events

/** What one transaction's logs settle to; the parts of whatever has a price add up to it [INV-6]. */
export function settle(...logs: readonly Log[]): readonly EventOf<'sale.settled'>[] {
  const sales = [...settleOrders(eventsOf(logs))] as readonly EventOf<'sale.settled'>[]
  for (const {price, parts} of sales) if (price !== null) expect(sum(parts)).toBe(price)
  return sales
}
const sum = (parts: EventOf<'sale.settled'>['parts']) => (parts ?? []).reduce((total, {amount}) => total + amount, 0n)
export const partsOf = (sale: EventOf<'sale.settled'> | undefined) =>
  sale?.parts?.map(({recipient, amount, isSeller}) => [recipient, Number(amount), isSeller ? 'seller' : 'other'])

/** Of one token for 1000, of which 100 are for others. */
export const LISTING: Order = {
  ref: 1,
  by: ALICE,
  taker: BOB,
  offers: [art(7)],
  asks: [to(ALICE, ether(900)), to(OPENSEA, ether(25)), to(ARTIST, ether(75))],
}
