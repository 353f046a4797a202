import type {DomainEvent, EventRef, Subject} from '../domain/event'
import type {Address} from '../domain/hex'
import {parseAssetKey, tokenAccountId} from '../domain/ids'
import type {RowKey} from '../domain/projection'
import type {KnownRows} from './collectReads'

type Change = (subject: Subject) => Subject

/** The rows that tell which tokens the accounts belong to that these events name assets by. */
export function accountsNamed(events: readonly DomainEvent[]): readonly RowKey[] {
  const keys: RowKey[] = []
  for (const event of events)
    if (event.type !== 'token.transferred')
      mapSubjects(event, (subject) => {
        if (subject.namedBy) keys.push({table: 'TokenAccount', id: tokenAccountId(event.ref.chainId, subject.collection)})
        return subject
      })
  return keys
}

/**
 * Puts the token in the place of each account that an event names an asset by (Story's ipId). A binding holds from its own log on, the first
 * one for good. An account that nothing told of, or whose token is on another chain, stands for itself, with the token id 0.
 */
export function nameTokens(events: readonly DomainEvent[], known: KnownRows): readonly DomainEvent[] {
  const bound = new Map<string, Subject>()
  const tokenOf = ({chainId, key}: EventRef, account: Address): Subject => {
    const id = tokenAccountId(chainId, account)
    const row = known.TokenAccount?.get(id)
    // A later binding is no answer: the same event finds the same, whenever it is asked again.
    const asset = row && row.bindingId < key ? parseAssetKey(row.assetId) : null
    if (asset)
      return asset.chainId === chainId ? {collection: asset.collection, tokenId: asset.tokenId} : {collection: account, tokenId: 0n}
    return bound.get(id) ?? {collection: account, tokenId: 0n}
  }
  return events.map((event) => {
    if (event.type === 'account.bound' && event.authority !== 'unverified') {
      const id = tokenAccountId(event.ref.chainId, event.account)
      const here = event.tokenChainId === BigInt(event.ref.chainId)
      const token = here ? {collection: event.collection, tokenId: event.tokenId} : {collection: event.account, tokenId: 0n}
      if (!bound.has(id)) bound.set(id, token)
      return event
    }
    return mapSubjects(event, (subject) => (subject.namedBy ? tokenOf(event.ref, subject.collection) : subject))
  })
}

/** Every asset that an event names, changed; the event itself where nothing is. */
function mapSubjects(event: DomainEvent, change: Change): DomainEvent {
  if (event.type === 'derivative.registered') {
    const [parent, child] = [event.parent && change(event.parent), change(event.child)]
    return parent === event.parent && child === event.child ? event : {...event, parent, child}
  }
  if (event.type === 'metadata.committed' || event.type === 'stake.allocated') {
    const asset = event.asset && change(event.asset)
    return asset === event.asset ? event : {...event, asset}
  }
  if (event.type === 'attestation.made') {
    const {namedBy, subject: account, ...rest} = event
    if (!namedBy || account === null) return event
    const {collection, tokenId} = change({collection: account, tokenId: 0n, namedBy})
    return tokenId === 0n && collection === account ? event : {...rest, subject: collection, tokenId}
  }
  if (!('namedBy' in event)) return event
  const {namedBy, ...rest} = event
  return {...rest, ...change({collection: event.collection, tokenId: event.tokenId, ...(namedBy ? {namedBy} : {})})} as DomainEvent
}
