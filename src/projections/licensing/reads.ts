import type {DomainEvent, EventOf} from '../../domain/event'
import {assetKey, licenseKey, licenseSlotId, licenseTermsKey} from '../../domain/ids'
import type {RowKey, Snapshot} from '../../domain/projection'

type Named = EventOf<'license.granted' | 'license.revoked' | 'license.transferred' | 'license.exercised'>

export const slotIdOf = (event: Named): string | null =>
  'slot' in event && event.slot !== undefined ? licenseSlotId(event.ref.chainId, event.emitter, event.slot) : null

/** The licence that a log names by its number, or by the slot that it is in; null for an empty slot. */
export function licenseIdOf(event: Named, state: Snapshot): string | null {
  if (event.licenseId !== null) return licenseKey(event.ref.chainId, event.emitter, event.licenseId)
  return state.get('LicenseSlot', slotIdOf(event) as string)?.licenseRef ?? null
}

export function readsOf(event: DomainEvent, known: Snapshot): readonly RowKey[] {
  switch (event.type) {
    case 'license.granted':
      return readsOfGrant(event, known)
    case 'license.revoked':
    case 'license.transferred':
    case 'license.exercised':
      return readsOfNamed(event, known)
    case 'licenseTerms.registered':
      return [{table: 'LicenseTerms', id: licenseTermsKey(event.ref.chainId, event)}]
    default:
      return []
  }
}

function readsOfNamed(event: Named, known: Snapshot): readonly RowKey[] {
  const slot = slotIdOf(event)
  const keys: RowKey[] = slot === null ? [] : [{table: 'LicenseSlot', id: slot}]
  const id = licenseIdOf(event, known)
  return id === null ? keys : [...keys, {table: 'License', id}]
}

function readsOfGrant(event: EventOf<'license.granted'>, known: Snapshot): readonly RowKey[] {
  const {chainId} = event.ref
  const keys: RowKey[] = [{table: 'License', id: licenseKey(chainId, event.emitter, event.licenseId)}]
  const slot = slotIdOf(event)
  if (slot !== null) {
    keys.push({table: 'LicenseSlot', id: slot})
    const before = known.get('LicenseSlot', slot)
    if (before) keys.push({table: 'License', id: before.licenseRef})
  }
  if (event.licensor === null) {
    keys.push({table: 'Asset', id: assetKey({chainId, collection: event.collection, tokenId: event.tokenId})})
    if (event.parentLicenseId !== null) keys.push({table: 'License', id: licenseKey(chainId, event.emitter, event.parentLicenseId)})
  }
  if (event.terms) keys.push({table: 'LicenseTerms', id: licenseTermsKey(chainId, event.terms)})
  return keys
}
