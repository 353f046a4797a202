import {describe, expect, test} from 'vitest'
import {address, hash} from '../../test/support/givenEvents'
import {encodeLog} from '../../test/support/givenLogs'
import type {DomainEvent, EventOf} from '../domain/event'
import {type Address, ZERO_ADDRESS} from '../domain/hex'
import type {Log} from '../domain/log'
import {STANDARDS} from '../standards/registry'
import {decodeLogs} from './decodeLogs'
import {createRouter} from './router'
import {settleOrders} from './settleOrders'

const FULFILLED =
  'OrderFulfilled(bytes32 orderHash, address indexed offerer, address indexed zone, address recipient, (uint8 itemType, address token, uint256 identifier, uint256 amount)[] offer, (uint8 itemType, address token, uint256 identifier, uint256 amount, address recipient)[] consideration)'
const SEAPORT = '0x00000000000000adc04c56bf30ac9d3c0aaf14dc' as Address
const [ALICE, BOB, CAROL, ARTIST, OPENSEA] = [1, 2, 3, 4, 5].map((n) => address(0xa0 + n)) as [Address, Address, Address, Address, Address]
const [ART, EDITIONS, WETH, USDC] = [address(0x721), address(0x1155), address(0xeee), address(0xdc)]

type Item = readonly [type: number, token: string, id: number, amount: number]
type Taken = readonly [...Item, recipient: string]
const art = (id: number): Item => [2, ART, id, 1]
const editions = (id: number, amount: number): Item => [3, EDITIONS, id, amount]
const ether = (amount: number): Item => [0, ZERO_ADDRESS, 0, amount]
const weth = (amount: number): Item => [1, WETH, 0, amount]
const to = (recipient: Address, item: Item): Taken => [...item, recipient]

type Order = Readonly<{ref: number; by: Address; taker?: Address; offers: readonly Item[]; asks: readonly Taken[]}>
const fulfilled = ({ref, by, taker = CAROL, offers, asks}: Order, emitter = SEAPORT): Log =>
  encodeLog(FULFILLED, [hash(ref), by, ZERO_ADDRESS, taker, offers, asks], {address: emitter, transactionFrom: CAROL})
const matched = (...refs: readonly number[]): Log => encodeLog('OrdersMatched(bytes32[] orderHashes)', [refs.map(hash)], {address: SEAPORT})

const router = createRouter(STANDARDS)
const eventsOf = (logs: readonly Log[]): readonly DomainEvent[] =>
  decodeLogs(
    logs.map((log, logIndex) => ({...log, logIndex})),
    router,
    new Set(),
  ).events

/** What one transaction's logs settle to; the parts of whatever has a price add up to it [INV-6]. */
function settle(...logs: readonly Log[]): readonly EventOf<'sale.settled'>[] {
  const sales = [...settleOrders(eventsOf(logs))] as readonly EventOf<'sale.settled'>[]
  for (const {price, parts} of sales) if (price !== null) expect(sum(parts)).toBe(price)
  return sales
}
const sum = (parts: EventOf<'sale.settled'>['parts']) => (parts ?? []).reduce((total, {amount}) => total + amount, 0n)
const partsOf = (sale: EventOf<'sale.settled'> | undefined) =>
  sale?.parts?.map(({recipient, amount, isSeller}) => [recipient, Number(amount), isSeller ? 'seller' : 'other'])

const LISTING: Order = {
  ref: 1,
  by: ALICE,
  taker: BOB,
  offers: [art(7)],
  asks: [to(ALICE, ether(900)), to(OPENSEA, ether(25)), to(ARTIST, ether(75))],
}

describe('orders filled alone', () => {
  test('a listing: the offerer sold, the price is all that was asked for [INV-6]', () => {
    const [sale, ...others] = settle(fulfilled(LISTING))
    expect(others).toEqual([])
    expect(sale).toMatchObject({
      ...{kind: 'priced', seller: ALICE, buyer: BOB, price: 1_000n, currency: ZERO_ADDRESS, orderRef: hash(1), authority: 'trusted'},
      items: [{collection: ART, tokenId: 7n, amount: 1n, namespace: 'erc721', from: ALICE, to: BOB}],
      orders: [{orderRef: hash(1), maker: ALICE, logIndex: 0}],
    })
    expect(partsOf(sale)).toEqual([
      [ALICE, 900, 'seller'],
      [OPENSEA, 25, 'other'],
      [ARTIST, 75, 'other'],
    ])
  })

  test('case 14: an accepted bid: the offerer bought, and who took it keeps what the fees leave [INV-6]', () => {
    const bid: Order = {
      ref: 2,
      by: BOB,
      taker: ALICE,
      offers: [weth(1_000)],
      asks: [to(BOB, art(7)), to(OPENSEA, weth(25)), to(ARTIST, weth(50))],
    }
    const [sale] = settle(fulfilled(bid))
    expect(sale).toMatchObject({kind: 'priced', seller: ALICE, buyer: BOB, price: 1_000n, currency: WETH, items: [{from: ALICE, to: BOB}]})
    expect(partsOf(sale)).toEqual([
      [OPENSEA, 25, 'other'],
      [ARTIST, 50, 'other'],
      [ALICE, 925, 'seller'],
    ])
  })

  test('case 14: a tip is one more part of the price, and nothing says what it is for', () => {
    const tipped = {...LISTING, asks: [...LISTING.asks, to(CAROL, ether(10))]}
    expect(settle(fulfilled(tipped))).toMatchObject([
      {price: 1_010n, parts: [{}, {}, {}, {recipient: CAROL, amount: 10n, isSeller: false}]},
    ])
  })

  test('case 14: a bundle is one sale of several tokens for one price, amounts of ERC-1155 as logged', () => {
    const [sale] = settle(fulfilled({...LISTING, offers: [art(7), art(8), editions(3, 25)]}))
    expect(sale).toMatchObject({kind: 'priced', price: 1_000n})
    expect(sale?.items.map(({collection, tokenId, amount}) => [collection, tokenId, amount])).toEqual([
      [ART, 7n, 1n],
      [ART, 8n, 1n],
      [EDITIONS, 3n, 25n],
    ])
  })

  test('case 14: a private listing names its buyer by an echo of the token, which is no second one', () => {
    const [sale] = settle(fulfilled({...LISTING, taker: CAROL, asks: [...LISTING.asks, to(BOB, art(7))]}))
    expect(sale).toMatchObject({kind: 'priced', seller: ALICE, buyer: BOB, price: 1_000n, items: [{tokenId: 7n, from: ALICE, to: BOB}]})
  })

  test('case 14: an order by criteria is logged with the token that it was filled with, and an item by criteria is a failure', () => {
    const bid = (item: Item): Order => ({ref: 3, by: BOB, taker: ALICE, offers: [weth(10)], asks: [to(BOB, item)]})
    expect(settle(fulfilled(bid(art(41))))).toMatchObject([{price: 10n, items: [{tokenId: 41n}]}])
    expect(decodeLogs([fulfilled(bid([4, ART, 41, 1]))], router, new Set())).toMatchObject({
      events: [],
      failures: [{reason: 'out_of_range'}],
    })
  })

  test('case 14: token for token is a barter without a price, with money beside it too', () => {
    for (const extra of [[], [to(ALICE, ether(5))]]) {
      const [sale] = settle(fulfilled({...LISTING, offers: [art(7)], asks: [to(ALICE, art(9)), ...extra]}))
      expect(sale).toMatchObject({kind: 'barter', seller: ALICE, buyer: BOB, price: null, currency: null})
      expect(sale?.items.map(({tokenId, from, to: receiver}) => [tokenId, from, receiver])).toEqual([
        [7n, ALICE, BOB],
        [9n, BOB, ALICE],
      ])
    }
  })

  test.each([
    ['several currencies', [to(ALICE, ether(5)), to(ARTIST, [1, USDC, 0, 5])], 'mixed'],
    ['nothing at all', [], 'unpaid'],
    ['zero', [to(ALICE, ether(0))], 'unpaid'],
  ] as const)('for %s there is no price', (_, asks, kind) => {
    expect(settle(fulfilled({...LISTING, asks}))).toMatchObject([{kind, price: null, currency: null}])
  })

  test('a bid whose fees exceed it was topped up by somebody the log does not name: no price', () => {
    const bid: Order = {ref: 2, by: BOB, taker: ALICE, offers: [weth(10)], asks: [to(BOB, art(7)), to(ARTIST, weth(11))]}
    expect(settle(fulfilled(bid))).toMatchObject([{kind: 'unclear', price: null, parts: [{amount: 11n}]}])
  })

  test('an order without a token says nothing of one', () => {
    expect(settle(fulfilled({...LISTING, offers: [weth(5)], asks: [to(ALICE, ether(5))]}))).toEqual([])
  })
})

describe('orders that filled each other', () => {
  const bid: Order = {ref: 2, by: BOB, offers: [weth(1_000)], asks: [to(BOB, art(7)), to(OPENSEA, weth(25)), to(ARTIST, weth(50))]}
  const mirror: Order = {ref: 3, by: ALICE, offers: [art(7)], asks: [to(ALICE, weth(925))]}

  test('case 14: a bid and its mirror are one sale, at the log of the bid, and both orders are named [INV-2] [INV-6]', () => {
    const sales = settle(fulfilled(bid), fulfilled(mirror), matched(2, 3))
    expect(sales).toMatchObject([
      {
        ...{kind: 'priced', seller: ALICE, buyer: BOB, price: 1_000n, orderRef: hash(2), ref: {logIndex: 0}},
        items: [{tokenId: 7n, from: ALICE, to: BOB}],
        orders: [
          {orderRef: hash(2), maker: BOB, logIndex: 0},
          {orderRef: hash(3), maker: ALICE, logIndex: 1},
        ],
      },
    ])
    expect(partsOf(sales[0])).toEqual([
      [OPENSEA, 25, 'other'],
      [ARTIST, 50, 'other'],
      [ALICE, 925, 'seller'],
    ])
  })

  test('the other way round, and by Seaport 1.1, which has no log for it: the same', () => {
    const nobody = {taker: ZERO_ADDRESS}
    for (const logs of [
      [fulfilled(mirror), fulfilled(bid), matched(3, 2)],
      [fulfilled({...mirror, ...nobody}), fulfilled({...bid, ...nobody})],
    ])
      expect(settle(...logs)).toMatchObject([{seller: ALICE, buyer: BOB, price: 1_000n, orderRef: hash(2), ref: {logIndex: 1}}])
  })

  test('a private listing with an order that only brings the money is one sale', () => {
    const listing = {...LISTING, asks: [...LISTING.asks, to(BOB, art(7))]}
    const money: Order = {ref: 4, by: BOB, offers: [ether(1_000)], asks: []}
    expect(settle(fulfilled(listing), fulfilled(money), matched(1, 4))).toMatchObject([{seller: ALICE, buyer: BOB, price: 1_000n}])
  })

  test('several bids that one seller took at once are sales of their own [INV-6]', () => {
    const other: Order = {ref: 5, by: CAROL, offers: [weth(2_000)], asks: [to(CAROL, art(8)), to(ARTIST, weth(100))]}
    const both: Order = {ref: 6, by: ALICE, offers: [art(7), art(8)], asks: [to(ALICE, weth(2_825))]}
    expect(settle(fulfilled(bid), fulfilled(other), fulfilled(both), matched(2, 5, 6))).toMatchObject([
      {buyer: BOB, seller: ALICE, price: 1_000n, items: [{tokenId: 7n}], orders: [{}, {orderRef: hash(6)}]},
      {buyer: CAROL, seller: ALICE, price: 2_000n, items: [{tokenId: 8n}]},
    ])
  })

  test('two sellers for one sum: both are named with what they gave, and nobody is given a price', () => {
    const sweep: Order = {ref: 7, by: BOB, offers: [weth(1_000)], asks: [to(BOB, art(7)), to(BOB, art(9))]}
    const second: Order = {ref: 8, by: CAROL, offers: [art(9)], asks: [to(CAROL, weth(75))]}
    const [sale, ...others] = settle(fulfilled(sweep), fulfilled(mirror), fulfilled(second), matched(7, 3, 8))
    expect(others).toEqual([])
    expect(sale).toMatchObject({kind: 'unclear', price: null, items: [{from: ALICE}, {from: CAROL}]})
  })

  test('the same order filled twice in a transaction: a match takes the last fill before its log', () => {
    const sales = settle(fulfilled({...bid, taker: ALICE}), fulfilled(bid), fulfilled(mirror), matched(2, 3))
    expect(sales.map(({ref, orders}) => [ref.logIndex, orders.length])).toEqual([
      [0, 1],
      [1, 2],
    ])
  })
})

test('another marketplace in the same transaction, and another transaction, are matched with nothing of this one', () => {
  const fork = fulfilled({...LISTING, taker: ZERO_ADDRESS}, address(0xf02c))
  const here = fulfilled({...LISTING, taker: ZERO_ADDRESS})
  expect(settle(fork, here).map(({authority}) => authority)).toEqual(['unverified', 'trusted'])
  expect(settle(here, {...here, transactionHash: hash(0x7d)})).toHaveLength(2)
})

test('what has nothing to do with orders passes as it is, in its place', () => {
  const transfer = encodeLog('Transfer(address indexed from, address indexed to, uint256 indexed tokenId)', [ALICE, BOB, 7], {address: ART})
  const events = eventsOf([transfer, fulfilled(LISTING), transfer])
  expect([...settleOrders(events)].map(({type}) => type)).toEqual(['token.transferred', 'sale.settled', 'token.transferred'])
})

test('ten thousand orders about one token by a stranger are one unclear sale, in bounded time [INV-8]', () => {
  const [order] = eventsOf([fulfilled({...LISTING, taker: ZERO_ADDRESS})]) as readonly [EventOf<'order.filled'>]
  const many = Array.from({length: 10_000}, (_, logIndex) => ({
    ...order,
    maker: address(logIndex + 1),
    ref: {...order.ref, logIndex, key: `${logIndex}`},
  }))
  expect([...settleOrders(many)]).toMatchObject([{kind: 'unclear'}])
})
