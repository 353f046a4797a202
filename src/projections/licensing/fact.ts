import type {EventOf} from '../../domain/event'
import {blockTime, factColumns} from '../../domain/fact'
import {assetKey, collectionId, licenseTermsKey} from '../../domain/ids'
import type {LicenseEventRow, LicenseRow} from '../../domain/rows'
import {revokerOf} from './license'

export type Outcome = Pick<LicenseEventRow, 'applied' | 'note'>

/** Written out: see factColumns. */
export const grantFact = (id: string, incarnation: number, event: EventOf<'license.granted'>, outcome: Outcome): LicenseEventRow => ({
  id: event.ref.key,
  chainId: BigInt(event.ref.chainId),
  blockNumber: event.ref.blockNumber,
  logIndex: event.ref.logIndex,
  timestamp: blockTime(event.ref),
  transactionHash: event.ref.transactionHash,
  emitter: event.emitter,
  standard: event.standard,
  licenseRef: id,
  termsRef: event.terms ? licenseTermsKey(event.ref.chainId, event.terms) : null,
  applied: outcome.applied,
  note: outcome.note,
  kind: 'granted',
  authority: event.authority,
  collectionId: collectionId(event.ref.chainId, event.collection),
  assetId: assetKey({chainId: event.ref.chainId, collection: event.collection, tokenId: event.tokenId}),
  tokenId: event.tokenId,
  incarnation,
  from: event.licensor,
  to: event.licensee,
  effectiveAt: null,
  reason: null,
})

type Afterwards = EventOf<'license.revoked' | 'license.transferred' | 'license.exercised'>

/** What became of a licence. These logs name no asset: whose word they are follows from the grant; where none is known, nobody vouches for them. */
export const laterFact = (id: string | null, license: LicenseRow | undefined, event: Afterwards, outcome: Outcome): LicenseEventRow => ({
  ...factColumns(event.ref),
  emitter: event.emitter,
  standard: event.standard,
  licenseRef: id,
  termsRef: null,
  ...outcome,
  authority: license?.authority ?? 'unverified',
  collectionId: license?.collectionId ?? null,
  assetId: license?.assetId ?? null,
  tokenId: license?.tokenId ?? null,
  incarnation: license?.incarnation ?? null,
  ...told(event),
})

const NOT_TOLD = {from: null, to: null, effectiveAt: null, reason: null}

function told(event: Afterwards): Pick<LicenseEventRow, 'kind' | 'from' | 'to' | 'effectiveAt' | 'reason'> {
  switch (event.type) {
    case 'license.revoked':
      return {...NOT_TOLD, kind: 'revoked', from: revokerOf(event), effectiveAt: event.effectiveAt, reason: event.reason}
    case 'license.transferred':
      return {...NOT_TOLD, kind: 'transferred', from: event.from, to: event.to}
    case 'license.exercised':
      return {...NOT_TOLD, kind: 'exercised', from: event.by}
  }
}

/** Terms that were registered, or attached to an asset in one of its lives. */
export const termsFact = (
  event: EventOf<'licenseTerms.registered' | 'licenseTerms.attached'>,
  incarnation: number | null,
  outcome: Outcome,
): LicenseEventRow => ({
  ...factColumns(event.ref),
  emitter: event.emitter,
  standard: event.standard,
  authority: event.authority,
  licenseRef: null,
  termsRef: licenseTermsKey(event.ref.chainId, event),
  incarnation,
  ...outcome,
  ...NOT_TOLD,
  ...(event.type === 'licenseTerms.registered'
    ? {kind: 'termsRegistered', collectionId: null, assetId: null, tokenId: null}
    : {
        kind: 'termsAttached',
        collectionId: collectionId(event.ref.chainId, event.collection),
        assetId: assetKey({chainId: event.ref.chainId, collection: event.collection, tokenId: event.tokenId}),
        tokenId: event.tokenId,
      }),
})
