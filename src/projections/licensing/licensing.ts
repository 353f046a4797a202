import {type Change, insert, put} from '../../domain/change'
import type {DomainEvent, EventOf} from '../../domain/event'
import {laterLicenseKey, licenseKey, licenseTermsKey} from '../../domain/ids'
import {incarnationAt} from '../../domain/incarnation'
import {licenseNumbered, licenseNumberRead} from '../../domain/licenseNumber'
import type {Projection, Snapshot} from '../../domain/projection'
import type {LicenseRow} from '../../domain/rows'
import {grantFact, laterFact, type Outcome, termsFact} from './fact'
import {exercisedLicense, type GrantContext, grantedLicense, replacedLicense, revokedLicense, transferredLicense} from './license'
import {assetKeyOf, licenseIdOf, numberOf, readsOf, slotIdOf} from './reads'
import {registerTerms} from './terms'

/**
 * Grants and what became of them. A licence is numbered by its emitter, so a log can only ever touch its own emitter's licences.
 * The log is the contract's word: a transfer from somebody else than the known holder, or a revocation by somebody else than the
 * known revoker, holds as logged. What a log could not change is kept as a fact with `applied` false and why.
 *
 * Asset belongs to ownership and is only read: which life of it is licensed, and whose it is tells who granted, where a log does not.
 */
export const licensing: Projection = {
  name: 'licensing',
  owns: ['License', 'LicenseEvent', 'LicenseSlot', 'LicenseTerms'],
  handles: [
    'license.granted',
    'license.revoked',
    'license.transferred',
    'license.exercised',
    'licenseTerms.registered',
    'licenseTerms.attached',
  ],
  reads: readsOf,
  apply: (event: DomainEvent, state: Snapshot): readonly Change[] => {
    switch (event.type) {
      case 'license.granted':
        return grant(event, state)
      case 'license.revoked':
        return revoke(event, state)
      case 'license.transferred':
        return transfer(event, state)
      case 'license.exercised':
        return exercise(event, state)
      case 'licenseTerms.registered':
        return registerTerms(event, state)
      case 'licenseTerms.attached':
        return [insert('LicenseEvent', termsFact(event, incarnationOf(event, state), APPLIED))]
      default:
        return []
    }
  },
}

const APPLIED: Outcome = {applied: true, note: null}
const refused = (note: string): Outcome => ({applied: false, note})

const incarnationOf = (event: EventOf<'license.granted' | 'licenseTerms.attached'>, state: Snapshot): number =>
  incarnationAt(event, state.get('Asset', assetKeyOf(event)))

/** Within a life of the asset numbers are never reused: the first grant stands. Who is in its slot makes room. */
function grant(event: EventOf<'license.granted'>, state: Snapshot): readonly Change[] {
  const incarnation = incarnationOf(event, state)
  const number = numberOf(event, event.licenseId)
  const last = licenseNumbered(number, state)
  const known = state.get('License', last)
  const isAnew = known !== undefined && known.assetId === assetKeyOf(event) && known.incarnation < incarnation
  if (known && !isAnew) return [insert('LicenseEvent', grantFact(last, incarnation, event, refused('duplicate_grant')))]
  const id = isAnew ? laterLicenseKey(licenseKey(event.ref.chainId, event.emitter, event.licenseId), incarnation) : last
  const granted = grantedLicense(id, event, contextOf(event, incarnation, state))
  const changes: Change[] = [insert('LicenseEvent', grantFact(id, incarnation, event, APPLIED)), put('License', granted)]
  if (isAnew) changes.push(put('LicenseSlot', {id: licenseNumberRead(number).id, licenseRef: id}))
  const slot = slotIdOf(event)
  if (slot === null) return changes
  const before = state.get('LicenseSlot', slot)
  const replaced = before && state.get('License', before.licenseRef)
  if (replaced && !isOver(replaced, event)) changes.push(put('License', replacedLicense(replaced, event, granted)))
  return [...changes, put('LicenseSlot', {id: slot, licenseRef: id})]
}

const contextOf = (event: EventOf<'license.granted'>, incarnation: number, state: Snapshot): GrantContext => {
  const parentId = event.parentLicenseId === null ? null : licenseNumbered(numberOf(event, event.parentLicenseId), state)
  return {
    incarnation,
    parentId,
    parent: parentId === null || event.licensor !== null ? undefined : state.get('License', parentId),
    owner: state.get('Asset', assetKeyOf(event))?.owner ?? null,
    terms: event.terms && state.get('LicenseTerms', licenseTermsKey(event.ref.chainId, event.terms)),
  }
}

/** It ended before this log, so that nothing is taken from it. */
const isOver = (license: LicenseRow, {ref}: DomainEvent): boolean =>
  license.revokedFrom !== null || (license.expiry !== null && license.expiry < BigInt(ref.timestamp))

/** A later revocation can bring the end forward, never put it off. A slot is emptied also when the licence in it has expired long ago. */
function revoke(event: EventOf<'license.revoked'>, state: Snapshot): readonly Change[] {
  const id = licenseIdOf(event, state)
  const known = id === null ? undefined : state.get('License', id)
  const refuse = (note: string): readonly Change[] => [insert('LicenseEvent', laterFact(id, known, event, refused(note)))]
  if (!known) return refuse('unknown_license')
  if (known.revokedFrom !== null && known.revokedFrom <= event.effectiveAt) return refuse('already_revoked')
  if (event.licenseId === null && known.revokedFrom === null && isOver(known, event)) return refuse('already_expired')
  return [insert('LicenseEvent', laterFact(id, known, event, APPLIED)), put('License', revokedLicense(known, event))]
}

function transfer(event: EventOf<'license.transferred'>, state: Snapshot): readonly Change[] {
  const id = licenseIdOf(event, state)
  const known = id === null ? undefined : state.get('License', id)
  if (!known) return [insert('LicenseEvent', laterFact(id, undefined, event, refused('unknown_license')))]
  return [insert('LicenseEvent', laterFact(id, known, event, APPLIED)), put('License', transferredLicense(known, event))]
}

function exercise(event: EventOf<'license.exercised'>, state: Snapshot): readonly Change[] {
  const id = licenseIdOf(event, state)
  const known = id === null ? undefined : state.get('License', id)
  const refuse = (note: string): readonly Change[] => [insert('LicenseEvent', laterFact(id, known, event, refused(note)))]
  if (!known) return refuse('unknown_license')
  if (known.exercisedAt !== null) return refuse('already_exercised')
  return [insert('LicenseEvent', laterFact(id, known, event, APPLIED)), put('License', exercisedLicense(known, event))]
}
