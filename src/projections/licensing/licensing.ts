import {type Change, insert, put} from '../../domain/change'
import type {DomainEvent, EventOf} from '../../domain/event'
import {assetKey, licenseKey, licenseTermsKey} from '../../domain/ids'
import type {Projection, Snapshot} from '../../domain/projection'
import type {LicenseRow} from '../../domain/rows'
import {grantFact, laterFact, type Outcome, termsFact} from './fact'
import {exercisedLicense, type GrantContext, grantedLicense, replacedLicense, revokedLicense, transferredLicense} from './license'
import {licenseIdOf, readsOf, slotIdOf} from './reads'
import {registerTerms} from './terms'

/**
 * Grants and what became of them. A licence is numbered by its emitter, so a log can only ever touch its own emitter's licences.
 * The log is the contract's word: a transfer from somebody else than the known holder, or a revocation by somebody else than the
 * known revoker, holds as logged. What a log could not change is kept as a fact with `applied` false and why.
 *
 * Asset belongs to ownership and is only read: whose it is tells who granted, where a log does not.
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
        return [insert('LicenseEvent', termsFact(event, APPLIED))]
      default:
        return []
    }
  },
}

const APPLIED: Outcome = {applied: true, note: null}
const refused = (note: string): Outcome => ({applied: false, note})

/** Numbers are never reused: the first grant stands. Who is in its slot makes room. */
function grant(event: EventOf<'license.granted'>, state: Snapshot): readonly Change[] {
  const id = licenseKey(event.ref.chainId, event.emitter, event.licenseId)
  if (state.get('License', id)) return [insert('LicenseEvent', grantFact(id, event, refused('duplicate_grant')))]
  const granted = grantedLicense(id, event, contextOf(event, state))
  const changes = [insert('LicenseEvent', grantFact(id, event, APPLIED)), put('License', granted)]
  const slot = slotIdOf(event)
  if (slot === null) return changes
  const before = state.get('LicenseSlot', slot)
  const replaced = before && state.get('License', before.licenseRef)
  if (replaced && !isOver(replaced, event)) changes.push(put('License', replacedLicense(replaced, event, granted)))
  return [...changes, put('LicenseSlot', {id: slot, licenseRef: id})]
}

const contextOf = (event: EventOf<'license.granted'>, state: Snapshot): GrantContext => {
  const {chainId} = event.ref
  const parentId = event.licensor === null && event.parentLicenseId !== null ? event.parentLicenseId : null
  return {
    parent: parentId === null ? undefined : state.get('License', licenseKey(chainId, event.emitter, parentId)),
    owner:
      event.licensor === null
        ? (state.get('Asset', assetKey({chainId, collection: event.collection, tokenId: event.tokenId}))?.owner ?? null)
        : null,
    terms: event.terms && state.get('LicenseTerms', licenseTermsKey(chainId, event.terms)),
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
