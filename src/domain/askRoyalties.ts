import type {EventBody, SaleSettled} from './event'
import {type Answer, MAX_QUESTIONS, type Question} from './question'
import {readRoyalties, royaltyQuestions} from './royaltyInfo'
import type {EventLayout} from './standard'

const isSale = (event: EventBody): event is SaleSettled => event.type === 'sale.settled'
const askedOf = ({items, price}: SaleSettled): readonly Question[] => royaltyQuestions(items, price ?? 0n)

/**
 * A layout of logs that tell whole sales, which also asks what is due of them. Of a log of many sales the first four that have a price are
 * asked about.
 */
export const askRoyalties = (layout: EventLayout): EventLayout => ({
  ...layout,
  asksRoyalties: true,
  asks: (log) => layout.decode(log).filter(isSale).flatMap(askedOf).slice(0, MAX_QUESTIONS),
  decode: (log, answers = []) => withDues(layout.decode(log), answers),
})

function withDues(events: readonly EventBody[], answers: readonly Answer[]): readonly EventBody[] {
  let at = 0
  return events.map((event) => {
    if (!isSale(event)) return event
    const due = readRoyalties(event.items, event.price ?? 0n, answers.slice(at, (at += askedOf(event).length)))
    return due.length > 0 ? {...event, due} : event
  })
}
