import type {DomainEvent, EventOf} from '../domain/event'
import {eventKey} from '../domain/ids'
import type {LinkCause, LinkEffect, LinkRelation} from '../domain/linkEvent'

/** Links have the place of the event that they explain, behind everything that its log can become. */
const FIRST_LINK = 900_000
/** As many as the sub index of an event key has places for: what is behind the last of them in one log stays without. */
const MAX_LINKS_PER_LOG = 100_000

type Effect = EventOf<LinkEffect>
type Cause = EventOf<LinkCause>
type Found = Readonly<{relation: LinkRelation; cause: Cause}>

/**
 * Within one transaction, which event explains which: a payment, stake or grant the verified proof that came with it, a grant the payment made
 * for it, a change of metadata the generation. Pure, and the same whatever the batches, as a block is never split. Of several causes
 * the last one before the effect counts, else the first one behind it: contracts log in either order. What nobody vouches for explains nothing.
 */
export function linkEvents(events: readonly DomainEvent[]): readonly DomainEvent[] {
  if (!events.some(isCause)) return events
  const linked: DomainEvent[] = []
  for (const transaction of transactionsOf(events)) for (const event of linkTransaction(transaction)) linked.push(event)
  return linked
}

function* transactionsOf(events: readonly DomainEvent[]): Generator<readonly DomainEvent[]> {
  for (let start = 0; start < events.length; ) {
    let end = start + 1
    while (end < events.length && events[end]?.ref.transactionHash === events[start]?.ref.transactionHash) end++
    yield events.slice(start, end)
    start = end
  }
}

function linkTransaction(events: readonly DomainEvent[]): readonly DomainEvent[] {
  const causes = events.filter(isCause)
  if (causes.length === 0) return events
  const index = indexCauses(causes)
  const links = new Map<number, DomainEvent[]>()
  for (const event of events) {
    if (!isEffect(event)) continue
    const ofLog = links.get(event.ref.logIndex) ?? []
    for (const found of findCauses(event, index))
      if (ofLog.length < MAX_LINKS_PER_LOG) ofLog.push(linkOf(event, found, FIRST_LINK + ofLog.length))
    if (ofLog.length > 0) links.set(event.ref.logIndex, ofLog)
  }
  if (links.size === 0) return events
  return events.flatMap((event, i) => {
    const isLastOfLog = events[i + 1]?.ref.logIndex !== event.ref.logIndex
    return isLastOfLog ? [event, ...(links.get(event.ref.logIndex) ?? [])] : [event]
  })
}

const isCause = (event: DomainEvent): event is Cause =>
  event.authority !== 'unverified' &&
  (event.type === 'generation.verified' ||
    event.type === 'generation.claimed' ||
    event.type === 'generation.updated' ||
    event.type === 'royalty.paid')

const isEffect = (event: DomainEvent): event is Effect =>
  event.type === 'royalty.paid' || event.type === 'stake.allocated' || event.type === 'license.granted' || event.type === 'metadata.changed'

/** Causes by what they may explain, each list in chain order. */
type Index = ReadonlyMap<string, readonly Cause[]>

const LICENSE_FEE = 1
const assetOf = ({collection, tokenId}: Readonly<{collection: string; tokenId: bigint}>): string => `${collection}-${tokenId}`

function indexCauses(causes: readonly Cause[]): Index {
  const index = new Map<string, Cause[]>()
  const add = (key: string, cause: Cause) => {
    const list = index.get(key)
    if (list) list.push(cause)
    else index.set(key, [cause])
  }
  for (const cause of causes) {
    const asset = assetOf(cause)
    if (cause.type === 'generation.verified') {
      add(`proof ${asset}`, cause)
      add('proof', cause)
    }
    if (cause.type !== 'royalty.paid') add(`generation ${asset}`, cause)
    else if (cause.licenseId !== null) add(`fee ${cause.emitter} ${cause.licenseId}`, cause)
    else if (cause.kind === LICENSE_FEE) add(`fee ${asset}`, cause)
  }
  return index
}

function findCauses(effect: Effect, index: Index): readonly Found[] {
  const found: Found[] = []
  const look = (relation: LinkRelation, ...keys: readonly string[]) => {
    for (const key of keys) {
      const cause = nearest(effect, index.get(key) ?? [])
      if (cause) return void found.push({relation, cause})
    }
  }
  switch (effect.type) {
    case 'metadata.changed':
      if (effect.scope.kind === 'token')
        look('explainedBy', `generation ${assetOf({collection: effect.collection, tokenId: effect.scope.tokenId})}`)
      break
    case 'stake.allocated':
      // A stake behind no asset goes with the only proof there is.
      if (effect.asset) look('triggeredBy', `proof ${assetOf(effect.asset)}`)
      else if (index.get('proof')?.length === 1) look('triggeredBy', 'proof')
      break
    case 'license.granted':
      look('triggeredBy', `proof ${assetOf(effect)}`)
      look('paidBy', `fee ${effect.emitter} ${effect.licenseId}`, `fee ${assetOf(effect)}`)
      break
    case 'royalty.paid':
      look('triggeredBy', `proof ${assetOf(effect)}`)
  }
  return found
}

/** The last one before, else the first one behind; by halving, as a transaction may hold thousands. */
function nearest({ref}: Effect, causes: readonly Cause[]): Cause | undefined {
  let [low, high] = [0, causes.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((causes[middle] as Cause).ref.key < ref.key) low = middle + 1
    else high = middle
  }
  return causes[low - 1] ?? causes[low]
}

const linkOf = (effect: Effect, {relation, cause}: Found, subIndex: number): DomainEvent => {
  const {ref, emitter, standard, authority} = effect
  const key = eventKey(ref.chainId, ref.blockNumber, ref.logIndex, subIndex)
  return {
    type: 'event.linked',
    ref: {...ref, key, subIndex},
    emitter,
    standard,
    authority,
    relation,
    effect: ref.key,
    effectType: effect.type,
    cause: cause.ref.key,
    causeType: cause.type,
  }
}
