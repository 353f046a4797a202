import {describe, expect, test} from 'vitest'
import {hash} from '../../test/support/givenEvents'
import {
  ALICE,
  ARTIST,
  art,
  BOB,
  CAROL,
  editions,
  ether,
  fulfilled,
  type Item,
  LISTING,
  matched,
  OPENSEA,
  type Order,
  partsOf,
  settle,
  to,
  weth,
} from '../../test/support/seaportLogs'
import {ZERO_ADDRESS} from '../domain/hex'

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

  test('an order filled twice in one match, half by half, is a sale for each fill, and no third one', () => {
    const half = (id: number): Order => ({ref: 2, by: BOB, offers: [weth(10)], asks: [to(BOB, art(id))]})
    const seller = (ref: number, by: typeof ALICE, id: number): Order => ({ref, by, offers: [art(id)], asks: [to(by, weth(10))]})
    const sales = settle(
      ...[half(7), seller(3, ALICE, 7), half(9), seller(4, ARTIST, 9)].map((order) => fulfilled(order)),
      matched(2, 3, 2, 4),
    )
    expect(sales).toMatchObject([
      {kind: 'priced', seller: ALICE, buyer: BOB, price: 10n, items: [{tokenId: 7n}], orders: [{logIndex: 0}, {logIndex: 1}]},
      {kind: 'priced', seller: ARTIST, buyer: BOB, price: 10n, items: [{tokenId: 9n}], orders: [{logIndex: 2}, {logIndex: 3}]},
    ])
    expect(sales).toHaveLength(2)
  })

  test('two matches of one transaction that fill the same order: each has the fill before its own log', () => {
    const fill = (id: number): Order => ({ref: 2, by: BOB, offers: [weth(10)], asks: [to(BOB, art(id))]})
    const seller = (ref: number, id: number): Order => ({ref, by: ALICE, offers: [art(id)], asks: [to(ALICE, weth(10))]})
    const logs = [fulfilled(fill(7)), fulfilled(seller(3, 7)), matched(2, 3), fulfilled(fill(9)), fulfilled(seller(4, 9)), matched(2, 4)]
    expect(settle(...logs).map(({orders}) => orders.map(({logIndex}) => logIndex))).toEqual([
      [0, 1],
      [3, 4],
    ])
  })
})

describe('what a match leaves unspent', () => {
  const bid: Order = {ref: 2, by: BOB, taker: CAROL, offers: [weth(1_000)], asks: [to(BOB, art(7)), to(ARTIST, weth(50))]}
  const asking = (amount: number): Order => ({...bid, ref: 3, by: ALICE, offers: [art(7)], asks: [to(ALICE, weth(amount))]})

  test('is whose the match names, beside what the seller asked for: Seaport 1.2 and later send it there [INV-6]', () => {
    const [sale, ...others] = settle(fulfilled(bid), fulfilled(asking(800)), matched(2, 3))
    expect(others).toEqual([])
    expect(sale).toMatchObject({kind: 'priced', seller: ALICE, buyer: BOB, price: 1_000n})
    expect(partsOf(sale)).toEqual([
      [ARTIST, 50, 'other'],
      [ALICE, 800, 'seller'],
      [CAROL, 150, 'other'],
    ])
  })

  test('is the seller’s who matched the orders himself and asks for nothing in his own', () => {
    const nothing: Order = {...asking(0), asks: []}
    const [sale] = settle(fulfilled({...bid, taker: ALICE}), fulfilled({...nothing, taker: ALICE}), matched(2, 3))
    expect(sale).toMatchObject({kind: 'priced', seller: ALICE, price: 1_000n})
    expect(partsOf(sale)).toEqual([
      [ARTIST, 50, 'other'],
      [ALICE, 950, 'seller'],
    ])
  })

  test('has no owner where no match is named: Seaport 1.1 leaves it where it was, and does not say which orders it matched', () => {
    const nobody = {taker: ZERO_ADDRESS}
    const sales = settle(fulfilled({...bid, ...nobody}), fulfilled({...asking(800), ...nobody}))
    expect(sales).toMatchObject([{kind: 'unclear', seller: ALICE, buyer: BOB, price: null, parts: [{amount: 50n}, {amount: 800n}]}])
  })

  test.each([
    ['of tokens that nobody bade for', {offers: [art(9)], asks: [to(ARTIST, weth(150))]}],
    ['of money alone', {offers: [ether(5)], asks: [to(ARTIST, weth(150))]}],
  ])('may have gone to another order of the match, %s: no price', (_, goods) => {
    const third: Order = {ref: 4, by: ARTIST, taker: CAROL, ...goods}
    const sales = settle(fulfilled(bid), fulfilled(asking(800)), fulfilled(third), matched(2, 3, 4))
    expect(sales[0]).toMatchObject({kind: 'unclear', seller: ALICE, price: null, parts: [{recipient: ARTIST}, {recipient: ALICE}]})
  })

  describe('by several bids that one seller took at once', () => {
    const other: Order = {ref: 5, by: ARTIST, taker: CAROL, offers: [weth(2_000)], asks: [to(ARTIST, art(8))]}
    const both = (amount: number, taker = CAROL): Order => ({
      ...{ref: 6, by: ALICE, taker},
      ...{offers: [art(7), art(8)], asks: [to(ALICE, weth(amount))]},
    })

    test.each([
      [2_900, 'less than the bids leave'],
      [3_000, 'more than the bids leave'],
    ])('he asks %i, %s: which bid he was paid what of is not told', (amount) => {
      const sales = settle(fulfilled(bid), fulfilled(other), fulfilled(both(amount)), matched(2, 5, 6))
      expect(sales).toMatchObject([{kind: 'unclear', price: null, parts: [{amount: 50n}, {amount: BigInt(amount)}]}])
    })

    test('he matched them himself: what is left of each is his, whatever he asks for', () => {
      const by = {taker: ALICE}
      const sales = settle(fulfilled({...bid, ...by}), fulfilled({...other, ...by}), fulfilled(both(5, ALICE)), matched(2, 5, 6))
      expect(sales.map(partsOf)).toEqual([
        [
          [ARTIST, 50, 'other'],
          [ALICE, 950, 'seller'],
        ],
        [[ALICE, 2_000, 'seller']],
      ])
    })

    test('one bid pays the fees of another: no price of its own for either', () => {
      const short: Order = {...bid, offers: [weth(40)]}
      const sales = settle(fulfilled(short), fulfilled(other), fulfilled(both(1_990)), matched(2, 5, 6))
      expect(sales).toMatchObject([{kind: 'unclear', price: null}])
    })
  })
})

describe('several bids that one seller took at once, whose tokens are not told apart by them', () => {
  const bid: Order = {ref: 2, by: BOB, offers: [weth(10)], asks: [to(BOB, art(7))]}
  const other: Order = {ref: 3, by: ARTIST, offers: [weth(20)], asks: [to(ARTIST, art(8))]}
  const selling = (...offers: readonly Item[]): Order => ({ref: 4, by: ALICE, offers, asks: [to(ALICE, weth(30))]})
  const settled = (...orders: readonly Order[]) => settle(...orders.map((order) => fulfilled(order)), matched(2, 3, 4))
  const moves = (sales: ReturnType<typeof settle>) =>
    sales.flatMap(({items}) => items.map(({tokenId, amount, from, to: receiver}) => [Number(tokenId), Number(amount), from, receiver]))

  test('a bid that gives a token beside its money has no price, and the token stays in the record', () => {
    const sales = settled({...bid, offers: [weth(10), art(1)]}, other, selling(art(7), art(8)))
    expect(sales).toMatchObject([{kind: 'unclear', price: null}])
    expect(moves(sales)).toEqual([
      [1, 1, BOB, CAROL],
      [7, 1, ALICE, BOB],
      [8, 1, ALICE, ARTIST],
    ])
  })

  test('a token that no bid takes is in the record too: it went to the recipient of the match, for nobody’s sum', () => {
    const sales = settled(bid, other, selling(art(7), art(8), art(9)))
    expect(sales).toMatchObject([{kind: 'unclear', price: null}])
    expect(moves(sales)).toContainEqual([9, 1, ALICE, CAROL])
  })

  test('bids for some of an id each are sales of their own where the seller gives just their sum', () => {
    const some = (order: Order, amount: number): Order => ({...order, asks: [to(order.by, editions(3, amount))]})
    const bids = [some(bid, 2), some(other, 5)] as const
    expect(settled(...bids, selling(editions(3, 7)))).toMatchObject([
      {kind: 'priced', buyer: BOB, price: 10n, items: [{amount: 2n}]},
      {kind: 'priced', buyer: ARTIST, price: 20n, items: [{amount: 5n}]},
    ])
    expect(settled(...bids, selling(editions(3, 8)))).toMatchObject([{kind: 'unclear', price: null}])
  })
})

test('a token that goes to whom it came from is sold for no price, whatever its owner asks of himself', () => {
  const own: Order = {ref: 8, by: BOB, offers: [art(1)], asks: [to(BOB, weth(1_000_000)), to(ARTIST, weth(5))]}
  const bid: Order = {ref: 9, by: BOB, offers: [weth(1_000_005)], asks: [to(BOB, art(1))]}
  const both: Order = {...bid, asks: [to(BOB, art(1)), to(BOB, art(7))], offers: [weth(1_000_015)]}
  const real: Order = {ref: 10, by: ALICE, offers: [art(7)], asks: [to(ALICE, weth(10))]}
  for (const logs of [
    [fulfilled(own), fulfilled(bid), matched(8, 9)],
    [fulfilled({...own, taker: BOB})],
    [fulfilled(own), fulfilled(both), fulfilled(real), matched(8, 9, 10)],
  ])
    expect(settle(...logs)).toMatchObject([
      {kind: 'unclear', price: null, currency: null, items: [{tokenId: 1n, from: BOB, to: BOB}, ...(logs.length > 3 ? [{}] : [])]},
    ])
})
