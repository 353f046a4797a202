import {type Change, insert, put} from '../../domain/change'
import type {EventOf} from '../../domain/event'
import {licenseTermsKey} from '../../domain/ids'
import type {Snapshot} from '../../domain/projection'
import type {LicenseTermsRow} from '../../domain/rows'
import {termsFact} from './fact'

/** Numbers never change their meaning: the first registration stands. A template numbers its own terms, so nobody else's word makes any. */
export function registerTerms(event: EventOf<'licenseTerms.registered'>, state: Snapshot): readonly Change[] {
  const id = licenseTermsKey(event.ref.chainId, event)
  if (event.authority === 'unverified') return [insert('LicenseEvent', termsFact(event, null, {applied: false, note: 'not_vouched_for'}))]
  if (state.get('LicenseTerms', id)) return [insert('LicenseEvent', termsFact(event, null, {applied: false, note: 'duplicate_terms'}))]
  return [insert('LicenseEvent', termsFact(event, null, {applied: true, note: null})), put('LicenseTerms', termsOf(id, event))]
}

const termsOf = (id: string, event: EventOf<'licenseTerms.registered'>): LicenseTermsRow => ({
  id,
  chainId: BigInt(event.ref.chainId),
  emitter: event.template,
  standard: event.standard,
  termsId: event.termsId,
  termsHash: event.termsHash,
  termsURI: event.termsURI,
  currency: event.currency,
  price: event.price,
  royaltyBps: event.royaltyBps,
  duration: event.duration,
  transferable: event.transferable,
  commercialUse: event.commercialUse,
  derivativesAllowed: event.derivativesAllowed,
  registrationId: event.ref.key,
})
