import type {DomainEvent, EventBody, EventHeader} from '../../src/domain/event'
import {type Address, type Hash32, parseAddress, parseHash32} from '../../src/domain/hex'
import {eventKey} from '../../src/domain/ids'

export const CHAIN = 1

/** A readable address or hash: `address(0xa)`, `hash(7)`. */
export const address = (n: number): Address => parseAddress(`0x${n.toString(16).padStart(40, '0')}`)
export const hash = (n: number): Hash32 => parseHash32(`0x${n.toString(16).padStart(64, '0')}`)

/** `transaction`: which of its block; each log has one of its own unless a test says otherwise. */
export type Place = Readonly<{block?: number; logIndex?: number; subIndex?: number; transaction?: number; transactionFrom?: Address | null}>
export type Speaker = Readonly<{emitter?: Address; authority?: EventHeader['authority']; standard?: string}>

/** The contract an event is about; the emitter unless a test says otherwise. */
const subjectOf = (body: EventBody): Address => {
  switch (body.type) {
    case 'derivative.registered':
      return body.child.collection
    case 'metadata.committed':
      return body.asset?.collection ?? address(0xc0)
    default:
      return 'collection' in body ? body.collection : address(0xc0)
  }
}

/** A domain event as the pipeline hands it over; block n has the time 1,700,000,000 + 12n. */
export function eventAt(place: Place, body: EventBody, speaker: Speaker = {}): DomainEvent {
  const {block = 1, logIndex = 0, subIndex = 0, transaction = logIndex, transactionFrom = address(0xfee)} = place
  const ref = {
    key: eventKey(CHAIN, block, logIndex, subIndex),
    chainId: CHAIN,
    blockNumber: block,
    blockHash: hash(block),
    timestamp: 1_700_000_000 + 12 * block,
    transactionHash: hash(block * 1000 + transaction),
    transactionFrom,
    logIndex,
    subIndex,
  }
  const {emitter = subjectOf(body), authority = 'self', standard = 'test'} = speaker
  return {...body, ref, emitter, authority, standard}
}

/** What was said, and by whom if not by the contract it is about. */
export type Said = EventBody | readonly [EventBody, Speaker]

const say = (place: Place, said: Said): DomainEvent => ('type' in said ? eventAt(place, said) : eventAt(place, said[0], said[1]))

/** The events of one block, in order, each its own log. */
export const inBlock = (block: number, ...said: readonly Said[]): readonly DomainEvent[] =>
  said.map((one, logIndex) => say({block, logIndex}, one))

/** The events of one transaction, which is all of a block. */
export const inTransaction = (block: number, ...said: readonly Said[]): readonly DomainEvent[] =>
  said.map((one, logIndex) => say({block, logIndex, transaction: 0}, one))

/** Each in a block and a batch of its own, from block 1. */
export const oneByOne = (said: readonly Said[]): readonly (readonly DomainEvent[])[] => said.map((one, i) => [say({block: i + 1}, one)])
