import type {DomainEvent, EventOf} from '../domain/event'
import {ZERO_ADDRESS} from '../domain/hex'
import {tokenKey} from './tokenMoves'

type Transferred = EventOf<'token.transferred'>

/**
 * A contract that is ERC-721 besides (ERC-7857 leaves it the choice) tells each movement twice: the Transfer has it, and what its other standard
 * says of the same in that transaction is no second one. Each Transfer answers for one: of a mint whoever the other log names, as a draft
 * names the creator only. The same whatever the batches, as a block is never split.
 */
export function dropEchoes(events: readonly DomainEvent[]): readonly DomainEvent[] {
  if (!events.some((event) => event.type === 'token.transferred' && event.besideErc721)) return events
  const told = new Map<string, number>()
  for (const event of events)
    if (event.type === 'token.transferred' && event.namespace === 'erc721' && !event.besideErc721) {
      const movement = movementOf(event)
      told.set(movement, (told.get(movement) ?? 0) + 1)
    }
  return events.filter((event) => {
    if (event.type !== 'token.transferred' || !event.besideErc721) return true
    const movement = movementOf(event)
    const left = told.get(movement) ?? 0
    if (left > 0) told.set(movement, left - 1)
    return left === 0
  })
}

const movementOf = (event: Transferred): string =>
  [event.ref.transactionHash, tokenKey(event), event.from, event.from === ZERO_ADDRESS ? '' : event.to].join(' ')
