import type {DomainEvent, EventBody, EventRef, EventType, Subject} from '../domain/event'
import {type Address, type Hash32, ZERO_ADDRESS} from '../domain/hex'
import {createEventKeys, type EventKey, eventKey} from '../domain/ids'
import type {Log} from '../domain/log'
import type {Authority, DecodeFailureRow} from '../domain/rows'
import {DecodeError, type FailureReason} from '../domain/standard'
import {shorten} from '../domain/text'
import {type Answers, answersTo, NO_ANSWERS} from './questions'
import {isBelieved, type RoutedLayout, type Router, routeLog} from './router'

export type DecodedLogs = Readonly<{events: DomainEvent[]; failures: DecodeFailureRow[]}>

type Failure = Readonly<{signature: string; reason: FailureReason; detail: string}>
type Said = Readonly<{standard: string; bodies: readonly EventBody[]; isTrusted: boolean}>
type Verdict = Readonly<{said: readonly Said[]; failure: Failure | null}>

/** Less than the sub index of an event key can tell apart: above are links (linkEvents). */
const MAX_EVENTS_PER_LOG = 900_000
const MAX_DETAIL = 300
const OWN_WORD_ONLY: ReadonlySet<EventType> = new Set<EventType>([
  'token.transferred',
  'token.rangeTransferred',
  'token.lockChanged',
  'metadata.changed',
])

/**
 * Logs in chain order to events in chain order. A log of a known topic0 becomes at least one event, or one failure, or is passed over because
 * it is foreign (ERC-20) or says nothing (an empty batch): INV-2. It becomes both where one of several own shapes cannot read it. No log can
 * make it throw (INV-8).
 * `trusted`: contracts whose word about other contracts' assets counts.
 */
export function decodeLogs(
  logs: readonly Log[],
  router: Router,
  trusted: ReadonlySet<Address>,
  answers: Answers = NO_ANSWERS,
): DecodedLogs {
  const events: DomainEvent[] = []
  const failures: DecodeFailureRow[] = []
  const given: Given = {trusted, answers}
  const keyOf = createEventKeys()
  for (const log of logs) {
    const {said, failure} = decodeLog(log, router, given)
    if (failure) failures.push(buildFailure(log, failure))
    let subIndex = 0
    for (const one of said)
      for (const body of one.bodies) {
        const ref = buildRef(log, subIndex, keyOf(log.chainId, log.blockNumber, log.logIndex, subIndex))
        events.push(buildEvent(log, ref, one, body))
        subIndex += 1
      }
  }
  return {events, failures}
}

type Given = Readonly<{trusted: ReadonlySet<Address>; answers: Answers}>

function decodeLog(log: Log, router: Router, given: Given): Verdict {
  const route = routeLog(router, log)
  if (route === null || route.kind === 'foreign') return NOTHING
  if (route.kind === 'layouts') return tryLayouts(log, route.layouts, given)
  const failure: Failure = {signature: route.signature, reason: 'unknown_layout', detail: `no layout with ${log.topics.length} topics`}
  return {said: [], failure}
}

const NOTHING: Verdict = {said: [], failure: null}

/**
 * The first standard with an event has the log, by every layout of it (the operator's own shapes may be several), and those that read beside
 * the others what they find in it. Else the first failure counts, unless a layout could read the log and found nothing said.
 */
function tryLayouts(log: Log, layouts: readonly RoutedLayout[], {trusted, answers}: Given): Verdict {
  const failures: (Failure & Readonly<{standard: string}>)[] = []
  let readable = false
  let holder: string | null = null
  const said: Said[] = []
  for (const layout of layouts) {
    if (holder !== null && layout.standard !== holder && !layout.beside) continue
    try {
      const bodies = layout.decode(log, answersTo(answers, log, layout))
      if (bodies.length > MAX_EVENTS_PER_LOG) throw new DecodeError('too_large', `${bodies.length} events in one log`)
      const isTrusted = isBelieved(log, layout, trusted)
      for (const body of bodies) refuseHearsay(body, log.address, isTrusted)
      readable = true
      if (bodies.length === 0) continue
      said.push({standard: layout.standard, bodies, isTrusted})
      if (!layout.beside) holder = layout.standard
    } catch (error) {
      failures.push({...describeFailure(layout, error), standard: layout.standard})
    }
  }
  if (said.length > 0) return {said, failure: failures.find(({standard}) => standard === holder) ?? null}
  return {said, failure: readable ? null : (failures[0] ?? null)}
}

/** Holdings and metadata have no place for a claim, and a configured shape can name any contract: a stranger's word about them is a failure. */
function refuseHearsay(body: EventBody, emitter: Address, isTrusted: boolean): void {
  if (!OWN_WORD_ONLY.has(body.type) || authorityOf(body, emitter, isTrusted) !== 'unverified') return
  throw new DecodeError('out_of_range', `${body.type} of ${contractConcerned(body)} by another contract, which is not trusted`)
}

function describeFailure({signature}: RoutedLayout, error: unknown): Failure {
  const reason = error instanceof DecodeError ? error.reason : 'malformed'
  return {signature, reason, detail: shorten(error instanceof Error ? error.message : String(error), MAX_DETAIL)}
}

function buildEvent({address}: Log, ref: EventRef, {standard, isTrusted}: Said, body: EventBody): DomainEvent {
  const isSenders = isInNameOf(body, ref.transactionFrom)
  return {ref, emitter: address, standard, authority: isSenders ? 'self' : authorityOf(body, address, isTrusted), ...body}
}

const buildRef = (log: Log, subIndex: number, key: EventKey): EventRef => ({
  key,
  chainId: log.chainId,
  blockNumber: log.blockNumber,
  blockHash: log.blockHash,
  timestamp: log.timestamp,
  transactionHash: log.transactionHash,
  transactionFrom: log.transactionFrom,
  logIndex: log.logIndex,
  subIndex,
})

function authorityOf(body: EventBody, emitter: Address, isTrusted: boolean): Authority {
  const owner = contractConcerned(body)
  if (owner === null || owner === emitter) return 'self'
  return isTrusted ? 'trusted' : 'unverified'
}

/** A commit that names no asset is its recorder's word (ERC-7053): who sent the transaction has said it. */
const isInNameOf = (body: EventBody, sender: Address | null): boolean =>
  body.type === 'metadata.committed' && body.asset === null && body.by !== null && body.by === sender

/**
 * The contract whose word the event is; null when it can only be about the emitter's own things (licences are keyed by their emitter).
 * A derivative is the child's to declare: it tells where the child comes from and what it owes. Were the parent's contract believed, anyone
 * could deploy a "parent" and claim descent of, and royalties from, works that never heard of it. A child that names a parent it may not use
 * binds only itself, and the licence that it cites can be looked up. What an order book says of tokens is its own word alone: of nobody.
 */
export function contractConcerned(body: EventBody): Address | null {
  switch (body.type) {
    case 'derivative.registered':
      return ownerOf(body.child)
    // The address of a bound account proves what is said of it, whoever says it. Without that, a collection could bind anybody's account to its
    // own token: only a registry that is trusted tells.
    case 'account.bound':
      return body.proven ? null : ZERO_ADDRESS
    case 'metadata.committed':
      return body.asset ? ownerOf(body.asset) : body.by
    case 'stake.allocated':
      return body.asset && ownerOf(body.asset)
    case 'licenseTerms.registered':
      return body.template
    case 'split.changed':
    case 'split.distributed':
      return body.split
    case 'sale.settled':
      return soleCollection(body.items)
    // What an oracle or a registry says of others counts where the operator trusts it; where it names nobody, too.
    case 'generation.requested':
      return body.requester
    // A contract may speak of itself in its own name; in the name of others, an auditor above all, nobody may who is not trusted.
    case 'attestation.made':
      return body.namedBy || body.subject !== body.attester ? ZERO_ADDRESS : body.attester
    case 'generation.answered':
    case 'order.filled':
    case 'orders.matched':
      return ZERO_ADDRESS
    default:
      return 'collection' in body ? ownerOf(body) : null
  }
}

/**
 * An asset that is named by an account is nobody's to speak of but a trusted contract's: anybody can make an account of anybody's token, with
 * code that logs what he likes.
 */
const ownerOf = ({collection, namedBy}: Pick<Subject, 'collection' | 'namedBy'>): Address => (namedBy ? ZERO_ADDRESS : collection)

/** One contract's tokens are its own to sell; what several sold together is nobody's own word. */
const soleCollection = (items: readonly Pick<Subject, 'collection'>[]): Address =>
  items.every(({collection}) => collection === items[0]?.collection) ? (items[0]?.collection ?? ZERO_ADDRESS) : ZERO_ADDRESS

const buildFailure = (log: Log, {signature, reason, detail}: Failure): DecodeFailureRow => ({
  id: eventKey(log.chainId, log.blockNumber, log.logIndex, 0),
  chainId: BigInt(log.chainId),
  blockNumber: log.blockNumber,
  logIndex: log.logIndex,
  timestamp: new Date(log.timestamp * 1000),
  transactionHash: log.transactionHash,
  address: log.address,
  topic0: log.topics[0] as Hash32,
  topicCount: log.topics.length,
  dataBytes: Math.floor((log.data.length - 2) / 2),
  signature,
  reason,
  detail,
})
