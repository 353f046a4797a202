import type {DomainEvent, EventOf} from '../domain/event'
import type {EventKey} from '../domain/ids'

/**
 * Of a split that changes more than once in a block only the last change keeps the recipients that it was given: they were proven by what the
 * contract stores at the end of the block, which is the last change's alone. What a log tells itself needs no proof. A block is never split
 * over batches, so batches do not matter (INV-1).
 */
export function settleSplits(events: readonly DomainEvent[]): readonly DomainEvent[] {
  const last = new Map<string, EventKey>()
  for (const event of events) if (event.type === 'split.changed') last.set(keyOf(event), event.ref.key)
  if (last.size === 0) return events
  return events.map((event) =>
    event.type !== 'split.changed' || event.source === 'log' || last.get(keyOf(event)) === event.ref.key
      ? event
      : {...event, shares: [], distributorFee: 0, source: 'unknown: changed_again'},
  )
}

/** By who says it: a stranger's word of a split makes nothing of its own contract's unknown. */
const keyOf = ({ref, emitter, split}: EventOf<'split.changed'>): string => `${ref.blockNumber}/${emitter}/${split}`
