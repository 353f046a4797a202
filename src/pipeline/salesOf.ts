import type {EventOf} from '../domain/event'
import {type Address, ZERO_ADDRESS} from '../domain/hex'
import type {Money, PaidPart, SaleKind, SoldItem, Tokens} from '../domain/saleEvents'
import {type Moves, movesOf, tokenKey} from './tokenMoves'

export type Filled = EventOf<'order.filled'>
type Sale = EventOf<'sale.settled'>

/** Orders that may be one trade. Whole: no other order was filled along with them, as one of money alone may have been. */
export type Group = Readonly<{orders: readonly Filled[]; isWhole: boolean}>

/** The trades that a group of orders is: those that speak of one token belong together. */
export function salesOf(group: Group): readonly Sale[] {
  const trades = componentsOf(group.orders)
  // What one trade leaves may have paid for another that has too little.
  const isClosed = group.isWhole && trades.every((orders) => moneyLeft(orders).every((amount) => amount >= 0n))
  return trades.flatMap((orders) => {
    const bids = orders.filter(isBid)
    const primary = bids[0] ?? (orders[0] as Filled)
    const payee = isClosed ? primary.taker : null
    const apart = bids.length > 1 ? bidsApart(orders, bids, payee) : null
    return apart ?? [buildSale({primary, orders, moves: movesOf(orders), payee})]
  })
}

/** Of each currency, what orders give beyond what they take. */
const moneyLeft = (orders: readonly Filled[]): readonly bigint[] =>
  leftOf(
    orders.flatMap(({gives}) => gives.money),
    orders.flatMap(({takes}) => takes.money),
    ({currency}) => currency,
  )

const tokensLeft = (orders: readonly Filled[]): readonly bigint[] =>
  leftOf<Pick<Tokens, 'collection' | 'tokenId' | 'amount'>>(
    orders.flatMap(({gives}) => gives.tokens),
    orders.flatMap(({takes}) => takes.tokens),
    tokenKey,
  )

function leftOf<T extends Readonly<{amount: bigint}>>(given: readonly T[], taken: readonly T[], keyOf: (goods: T) => string) {
  const left = new Map<string, bigint>()
  const add = (key: string, amount: bigint) => left.set(key, (left.get(key) ?? 0n) + amount)
  for (const goods of given) add(keyOf(goods), goods.amount)
  for (const goods of taken) add(keyOf(goods), -goods.amount)
  return [...left.values()]
}

/** Money for tokens. A token that an order gives and takes is an echo: who gets it, and not what is asked for. */
const isBid = ({gives, takes}: Filled): boolean => {
  if (gives.money.length === 0) return false
  const given = new Set(gives.tokens.map(tokenKey))
  return takes.tokens.some((token) => !given.has(tokenKey(token)))
}

/** By union-find, since a stranger may log thousands of orders about one token (INV-8). */
function componentsOf(group: readonly Filled[]): readonly (readonly Filled[])[] {
  if (group.length === 1) return [group]
  const parents = group.map((_, i) => i)
  const find = (i: number): number => {
    let root = i
    while (parents[root] !== root) root = parents[root] = parents[parents[root] as number] as number
    return root
  }
  const firstWith = new Map<string, number>()
  group.forEach(({gives, takes}, i) => {
    for (const token of [...gives.tokens, ...takes.tokens]) {
      const first = firstWith.get(tokenKey(token))
      if (first === undefined) firstWith.set(tokenKey(token), i)
      else parents[find(i)] = find(first)
    }
  })
  const components = new Map<number, Filled[]>()
  group.forEach((order, i) => {
    const orders = components.get(find(i))
    if (orders) orders.push(order)
    else components.set(find(i), [order])
  })
  return [...components.values()].map((orders) => orders.toSorted((a, b) => a.ref.logIndex - b.ref.logIndex))
}

/**
 * Several bids that one seller took at once: each is a sale for its own money, and all that the bids leave is the seller's, because his orders
 * ask for that sum or because he is the payee. Null where that is not so, a token has several givers, or not just what he gives is taken: which
 * bid paid whom for what is not told.
 */
function bidsApart(orders: readonly Filled[], bids: readonly Filled[], payee: Address | null): readonly Sale[] | null {
  const others = orders.filter((order) => !isBid(order))
  const [seller, ...more] = new Set(others.map(({maker}) => maker))
  if (seller === undefined || more.length > 0) return null
  if (others.some(({takes}) => takes.tokens.length > 0 || takes.money.some(({recipient}) => recipient !== seller))) return null
  if (others.some(({gives}) => gives.money.length > 0) || bids.some((bid) => moneyLeft([bid]).some((amount) => amount < 0n))) return null
  if (bids.some(({gives}) => gives.tokens.length > 0) || tokensLeft(orders).some((amount) => amount !== 0n)) return null
  if (moneyLeft(orders).some((amount) => amount < 0n || (amount > 0n && payee !== seller))) return null
  return bids.map((bid, i) => {
    const items = bid.takes.tokens.map(({recipient, ...token}): SoldItem => ({...token, from: seller, to: recipient}))
    const moves = {items, isAmbiguous: false}
    return buildSale({primary: bid, orders: [bid], moves, payee: seller, mirrors: i === 0 ? others : []})
  })
}

/** `payee`: whose it is what a bid offers beyond what its orders ask for; null: nothing tells. */
type Trade = Readonly<{primary: Filled; orders: readonly Filled[]; moves: Moves; payee: Address | null; mirrors?: readonly Filled[]}>

function buildSale({primary, orders, moves, payee, mirrors = []}: Trade): Sale {
  const [seller, buyer, way] = partiesOf(primary, moves)
  const bid = orders.some(isBid)
  const taken = orders.flatMap(({takes}) => takes.money).filter(({amount}) => amount > 0n)
  const given = orders.flatMap(({gives}) => gives.money).filter(({amount}) => amount > 0n)
  const money = priceOf({bid, taken, given})
  const kind = way ?? (money.kind === 'priced' && money.rest > 0n && payee === null ? 'unclear' : money.kind)
  const rest = kind === 'priced' && money.rest > 0n && payee ? [{currency: money.currency, amount: money.rest, recipient: payee}] : []
  const sellers = new Set([seller, ...(kind === 'unclear' ? moves.items.map(({from}) => from) : [])])
  const {ref, emitter, standard, authority, orderRef, due} = primary
  return {
    ...{ref, emitter, standard, authority, type: 'sale.settled', kind, seller, buyer, orderRef, items: moves.items},
    price: kind === 'priced' ? money.price : null,
    currency: kind === 'priced' ? money.currency : null,
    parts: [...taken, ...rest].map((part): PaidPart => ({...part, isSeller: sellers.has(part.recipient)})),
    ...(due && kind === 'priced' ? {due} : {}),
    orders: [...orders, ...mirrors].map((order) => ({orderRef: order.orderRef, maker: order.maker, logIndex: order.ref.logIndex})),
  }
}

/** Seller, buyer, and what keeps it from being a sale by one to one. */
function partiesOf({maker}: Filled, {items, isAmbiguous}: Moves): readonly [seller: Address, buyer: Address, SaleKind | null] {
  const froms = new Set(items.map(({from}) => from))
  const tos = new Set(items.map(({to}) => to))
  const [from, to] = [items[0]?.from ?? maker, items[0]?.to ?? ZERO_ADDRESS]
  // Who pays himself may ask any sum.
  if (items.some((item) => item.from === item.to)) return [from, to, 'unclear']
  if (!isAmbiguous && froms.size === 1 && tos.size === 1) return [from, to, null]
  const isTwoWay = !isAmbiguous && froms.size === 2 && tos.size === 2 && [...froms].every((party) => tos.has(party))
  if (!isTwoWay) return [from, to, 'unclear']
  return [maker, [...froms].find((party) => party !== maker) ?? to, 'barter']
}

type Priced = Readonly<{kind: SaleKind; price: bigint; currency: Address; rest: bigint}>

/** A bid's price is what it offers, with what the others leave of it; any other's price is all that it asks for. */
function priceOf({bid, taken, given}: Readonly<{bid: boolean; taken: readonly Money[]; given: readonly Money[]}>): Priced {
  const [currency = ZERO_ADDRESS, ...others] = new Set([...given, ...taken].map((money) => money.currency))
  const sum = (all: readonly Money[]) => all.reduce((total, {amount}) => total + amount, 0n)
  const price = sum(bid ? given : taken)
  const rest = price - sum(taken)
  const kind = others.length > 0 ? 'mixed' : price === 0n && given.length === 0 ? 'unpaid' : null
  // More asked for than offered, or money on the side of the token: somebody else paid, and the log does not say who.
  return {kind: kind ?? (rest < 0n || (!bid && given.length > 0) ? 'unclear' : 'priced'), price, currency, rest}
}
