import type {DomainEvent, EventOf} from '../domain/event'
import type {Hash32} from '../domain/hex'
import {type Group, salesOf} from './salesOf'

type Filled = EventOf<'order.filled'>
type Matched = EventOf<'orders.matched'>

/**
 * Makes sales of filled orders. One trade may be told by several logs of a transaction: the two sides of a match, and the orders that only
 * brought the money. A transaction is never split over batches, since blocks are not, so batches do not matter (INV-1). Each sale stands at the
 * log of the order that has its price, with the place of every other (INV-2).
 */
export function* settleOrders(events: readonly DomainEvent[]): Generator<DomainEvent> {
  const sales = new Map<string, EventOf<'sale.settled'>>()
  for (const book of booksOf(events)) for (const group of groupsOf(book)) for (const sale of salesOf(group)) sales.set(sale.ref.key, sale)
  for (const event of events) {
    if (event.type !== 'order.filled' && event.type !== 'orders.matched') yield event
    else {
      const sale = sales.get(event.ref.key)
      if (sale) yield sale
    }
  }
}

/** What one marketplace told of its orders in one transaction. */
function booksOf(events: readonly DomainEvent[]): Iterable<readonly (Filled | Matched)[]> {
  const books = new Map<string, (Filled | Matched)[]>()
  for (const event of events) {
    if (event.type !== 'order.filled' && event.type !== 'orders.matched') continue
    const key = `${event.ref.blockNumber} ${event.ref.transactionHash} ${event.emitter}`
    const book = books.get(key)
    if (book) book.push(event)
    else books.set(key, [event])
  }
  return books.values()
}

/**
 * Orders that may be one trade: those that a log says were matched. Such a log names an order as often as it filled it, and has its fills right
 * before it. Seaport 1.1 has no such log, but its matched orders name no taker. Every other order is alone.
 */
function groupsOf(book: readonly (Filled | Matched)[]): readonly Group[] {
  const open = new Map<Hash32, Filled[]>()
  const matches: Group[] = []
  for (const event of book) {
    if (event.type === 'orders.matched') matches.push(takeLast(open, event.orderRefs))
    else if (!open.get(event.orderRef)?.push(event)) open.set(event.orderRef, [event])
  }
  const grouped = new Set(matches.flatMap(({orders}) => orders))
  const rest = book.filter((event): event is Filled => event.type === 'order.filled' && !grouped.has(event))
  const [unnamed, alone] = [rest.filter(({taker}) => taker === null), rest.filter(({taker}) => taker !== null)]
  const groups = [...matches, {orders: unnamed, isWhole: false}, ...alone.map((order) => ({orders: [order], isWhole: true}))]
  return groups.filter(({orders}) => orders.length > 0)
}

/** Takes the last fill of an order, once for each time that it is named. */
function takeLast(open: ReadonlyMap<Hash32, Filled[]>, refs: readonly Hash32[]): Group {
  const orders = refs.flatMap((ref) => open.get(ref)?.pop() ?? [])
  return {orders, isWhole: orders.length === refs.length}
}
