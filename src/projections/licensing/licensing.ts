import {type Change, insert, put} from '../../domain/change'
import type {DomainEvent, EventOf} from '../../domain/event'
import {licenseKey} from '../../domain/ids'
import type {Projection, RowKey, Snapshot} from '../../domain/projection'
import {grantFact, type LicenseLog, type Outcome, revocationFact, transferFact} from './fact'
import {grantedLicense, revokedLicense, transferredLicense} from './license'

/**
 * Grants and what became of them. A licence is numbered by its emitter, so a log can only ever touch its own emitter's licences.
 * The log is the contract's word: a transfer from somebody else than the known holder, or a revocation by somebody else than the
 * known revoker, holds as logged. What a log could not change is kept as a fact with `applied` false and why.
 */
export const licensing: Projection = {
  name: 'licensing',
  owns: ['License', 'LicenseEvent'],
  handles: ['license.granted', 'license.revoked', 'license.transferred'],
  reads: (event: DomainEvent): readonly RowKey[] => (isLicenseLog(event) ? [{table: 'License', id: idOf(event)}] : []),
  apply: (event: DomainEvent, state: Snapshot): readonly Change[] => {
    switch (event.type) {
      case 'license.granted':
        return grant(event, state)
      case 'license.revoked':
        return revoke(event, state)
      case 'license.transferred':
        return transfer(event, state)
      default:
        return []
    }
  },
}

const APPLIED: Outcome = {applied: true, note: null}
const refused = (note: string): Outcome => ({applied: false, note})

const isLicenseLog = (event: DomainEvent): event is LicenseLog =>
  event.type === 'license.granted' || event.type === 'license.revoked' || event.type === 'license.transferred'

const idOf = (event: LicenseLog): string => licenseKey(event.ref.chainId, event.emitter, event.licenseId)

/** Numbers are never reused: the first grant stands. */
function grant(event: EventOf<'license.granted'>, state: Snapshot): readonly Change[] {
  const id = idOf(event)
  if (state.get('License', id)) return [insert('LicenseEvent', grantFact(id, event, refused('duplicate_grant')))]
  return [insert('LicenseEvent', grantFact(id, event, APPLIED)), put('License', grantedLicense(id, event))]
}

/** A later revocation can bring the end forward, never put it off. */
function revoke(event: EventOf<'license.revoked'>, state: Snapshot): readonly Change[] {
  const id = idOf(event)
  const known = state.get('License', id)
  if (!known) return [insert('LicenseEvent', revocationFact(id, undefined, event, refused('unknown_license')))]
  if (known.revokedFrom !== null && known.revokedFrom <= event.effectiveAt)
    return [insert('LicenseEvent', revocationFact(id, known, event, refused('already_revoked')))]
  return [insert('LicenseEvent', revocationFact(id, known, event, APPLIED)), put('License', revokedLicense(known, event))]
}

function transfer(event: EventOf<'license.transferred'>, state: Snapshot): readonly Change[] {
  const id = idOf(event)
  const known = state.get('License', id)
  if (!known) return [insert('LicenseEvent', transferFact(id, undefined, event, refused('unknown_license')))]
  return [insert('LicenseEvent', transferFact(id, known, event, APPLIED)), put('License', transferredLicense(known, event))]
}
