import {describe, expect, test} from 'vitest'
import {address, hash} from '../../test/support/givenEvents'
import {encodeLog} from '../../test/support/givenLogs'
import {
  ALICE,
  ART,
  ARTIST,
  art,
  BOB,
  CAROL,
  EDITIONS,
  editions,
  ether,
  eventsOf,
  fulfilled,
  type Item,
  LISTING,
  OPENSEA,
  type Order,
  partsOf,
  router,
  settle,
  to,
  USDC,
  WETH,
  weth,
} from '../../test/support/seaportLogs'
import type {EventOf} from '../domain/event'
import {ZERO_ADDRESS} from '../domain/hex'
import {decodeLogs} from './decodeLogs'
import {settleOrders} from './settleOrders'

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
