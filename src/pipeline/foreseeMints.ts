import type {DomainEvent, EventOf, EventType} from '../domain/event'
import {ZERO_ADDRESS} from '../domain/hex'
import {tokenKey} from './tokenMoves'

const OF_A_LIFE = [
  'license.granted',
  'licenseTerms.attached',
  'generation.claimed',
  'generation.verified',
  'generation.updated',
  'generation.invalidated',
] as const satisfies readonly EventType[]
type OfALife = EventOf<(typeof OF_A_LIFE)[number]>

/**
 * Marks what contracts log of a token shortly before they mint it: a proof is checked, or a licence granted, and then comes the Transfer. The
 * same whatever the batches, as a block is never split. Whether the token is burned then, and so begins a life, its row tells.
 */
export function foreseeMints(events: readonly DomainEvent[]): readonly DomainEvent[] {
  if (!events.some(isOfALife)) return events
  const marked = [...events]
  /** Tokens that a later transfer of the transaction brings to life, if they are not alive. */
  const minted = new Set<string>()
  for (let i = events.length - 1; i >= 0; i--) {
    const event = events[i] as DomainEvent
    if (event.ref.transactionHash !== events[i + 1]?.ref.transactionHash) minted.clear()
    if (event.type === 'token.transferred') {
      if (event.namespace === 'erc721' && !isBurn(event)) minted.add(tokenKey(event))
    } else if (isOfALife(event) && minted.has(tokenKey(event))) marked[i] = {...event, beforeMint: true}
  }
  return marked
}

const isBurn = ({from, to}: EventOf<'token.transferred'>): boolean => to === ZERO_ADDRESS && from !== ZERO_ADDRESS

const isOfALife = (event: DomainEvent): event is OfALife => (OF_A_LIFE as readonly EventType[]).includes(event.type)
