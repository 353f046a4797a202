import type {DomainEvent, EventOf} from '../../domain/event'
import {assetKey, licenseSlotId, licenseTermsKey} from '../../domain/ids'
import {type LicenseNumber, licenseNumbered, licenseNumberRead} from '../../domain/licenseNumber'
import type {RowKey, Snapshot} from '../../domain/projection'

type Named = EventOf<'license.granted' | 'license.revoked' | 'license.transferred' | 'license.exercised'>
type OfAnAsset = EventOf<'license.granted' | 'licenseTerms.attached'>

export const assetKeyOf = ({ref, collection, tokenId}: OfAnAsset): string => assetKey({chainId: ref.chainId, collection, tokenId})

export const slotIdOf = (event: Named): string | null =>
  'slot' in event && event.slot !== undefined ? licenseSlotId(event.ref.chainId, event.emitter, event.slot) : null

export const numberOf = ({ref, emitter}: Named, licenseId: bigint): LicenseNumber => ({chainId: ref.chainId, emitter, licenseId})

/** The licence that a log names by its number, or by the slot that it is in; null for an empty slot. */
export function licenseIdOf(event: Named, state: Snapshot): string | null {
  if (event.licenseId !== null) return licenseNumbered(numberOf(event, event.licenseId), state)
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
    case 'licenseTerms.attached':
      return [{table: 'Asset', id: assetKeyOf(event)}]
    default:
      return []
  }
}

/** Its first licence is asked for along with the place, or most events would take a round more. */
const readsOfNumber = (number: LicenseNumber, known: Snapshot): RowKey[] => [
  licenseNumberRead(number),
  {table: 'License', id: licenseNumbered(number, known)},
]

function readsOfNamed(event: Named, known: Snapshot): readonly RowKey[] {
  if (event.licenseId !== null) return readsOfNumber(numberOf(event, event.licenseId), known)
  const keys: RowKey[] = [{table: 'LicenseSlot', id: slotIdOf(event) as string}]
  const id = licenseIdOf(event, known)
  return id === null ? keys : [...keys, {table: 'License', id}]
}

function readsOfGrant(event: EventOf<'license.granted'>, known: Snapshot): readonly RowKey[] {
  const keys: RowKey[] = [...readsOfNumber(numberOf(event, event.licenseId), known), {table: 'Asset', id: assetKeyOf(event)}]
  const slot = slotIdOf(event)
  if (slot !== null) {
    keys.push({table: 'LicenseSlot', id: slot})
    const before = known.get('LicenseSlot', slot)
    if (before) keys.push({table: 'License', id: before.licenseRef})
  }
  if (event.parentLicenseId !== null) keys.push(...readsOfNumber(numberOf(event, event.parentLicenseId), known))
  if (event.terms) keys.push({table: 'LicenseTerms', id: licenseTermsKey(event.ref.chainId, event.terms)})
  return keys
}
