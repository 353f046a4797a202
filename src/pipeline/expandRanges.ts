import type {DomainEvent, EventOf, EventRef} from '../domain/event'
import {eventKey} from '../domain/ids'

/** Ids of one log that are written out. OpenZeppelin and ERC721A mint at most 5,000 at a time. */
export const MAX_IDS_PER_LOG = 10_000
/** Ids of one block that are written out, so that a block full of hostile ranges stays a bounded piece of work (INV-8). */
export const MAX_IDS_PER_BLOCK = 100_000

/**
 * Writes each ERC-2309 range out as the transfers it stands for, where it is small enough; a larger one, and one that names nothing
 * (from > to), passes as it is. So with licences that are granted by the dozen: of too many the first stands for all. The allowance is per block, and a block is never split over batches, so batches do not matter (INV-1).
 */
export function* expandRanges(events: Iterable<DomainEvent>): Generator<DomainEvent> {
  let block = -1
  let log = -1
  let left = MAX_IDS_PER_BLOCK
  // Places that ranges took before this event in its log.
  let taken = 0
  for (const event of events) {
    const {blockNumber, logIndex} = event.ref
    if (blockNumber !== block) left = MAX_IDS_PER_BLOCK
    if (blockNumber !== block || logIndex !== log) taken = 0
    block = blockNumber
    log = logIndex
    const here = taken === 0 ? event : {...event, ref: placed(event.ref, taken)}
    const size = sizeOf(event)
    if (size === null || size < 1n || size > MAX_IDS_PER_LOG || size > left) {
      yield here
      continue
    }
    left -= Number(size)
    taken += Number(size) - 1
    if (here.type === 'token.rangeTransferred') yield* transfersOf(here, Number(size))
    else if (here.type === 'license.granted') yield* grantsOf(here, Number(size))
  }
}

/** So many places further on in its log. */
function placed(ref: EventRef, by: number): EventRef {
  const subIndex = ref.subIndex + by
  return {...ref, key: eventKey(ref.chainId, ref.blockNumber, ref.logIndex, subIndex), subIndex}
}

/** How many events it stands for; null: itself. */
function sizeOf(event: DomainEvent): bigint | null {
  if (event.type === 'token.rangeTransferred') return event.toTokenId - event.fromTokenId + 1n
  return event.type === 'license.granted' && event.count !== undefined && event.count > 1n ? event.count : null
}

function* grantsOf(event: EventOf<'license.granted'>, size: number): Generator<DomainEvent> {
  const {ref, heldBy} = event
  for (let i = 0; i < size; i++) {
    const held = heldBy ? {heldBy: {...heldBy, tokenId: heldBy.tokenId + BigInt(i)}} : {}
    yield {...event, ref: placed(ref, i), count: undefined, licenseId: event.licenseId + BigInt(i), ...held}
  }
}

function* transfersOf(event: EventOf<'token.rangeTransferred'>, size: number): Generator<DomainEvent> {
  const {ref, emitter, standard, authority, collection, from, to} = event
  for (let i = 0; i < size; i++) {
    yield {
      type: 'token.transferred',
      ref: placed(ref, i),
      emitter,
      standard,
      authority,
      namespace: 'erc721',
      collection,
      tokenId: event.fromTokenId + BigInt(i),
      from,
      to,
      amount: 1n,
      operator: null,
    }
  }
}
