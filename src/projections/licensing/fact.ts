import type {EventOf} from '../../domain/event'
import {blockTime, factColumns} from '../../domain/fact'
import {assetKey, collectionId} from '../../domain/ids'
import type {LicenseEventRow, LicenseRow} from '../../domain/rows'

export type LicenseLog = EventOf<'license.granted' | 'license.revoked' | 'license.transferred'>
export type Outcome = Pick<LicenseEventRow, 'applied' | 'note'>

const place = (id: string, event: LicenseLog, outcome: Outcome) => ({
  ...factColumns(event.ref),
  emitter: event.emitter,
  standard: event.standard,
  licenseRef: id,
  ...outcome,
})

export const grantFact = (id: string, event: EventOf<'license.granted'>, outcome: Outcome): LicenseEventRow => ({
  id: event.ref.key,
  chainId: BigInt(event.ref.chainId),
  blockNumber: event.ref.blockNumber,
  logIndex: event.ref.logIndex,
  timestamp: blockTime(event.ref),
  transactionHash: event.ref.transactionHash,
  emitter: event.emitter,
  standard: event.standard,
  licenseRef: id,
  applied: outcome.applied,
  note: outcome.note,
  kind: 'granted',
  authority: event.authority,
  collectionId: collectionId(event.ref.chainId, event.collection),
  assetId: assetKey({chainId: event.ref.chainId, collection: event.collection, tokenId: event.tokenId}),
  tokenId: event.tokenId,
  from: event.licensor,
  to: event.licensee,
  effectiveAt: null,
  reason: null,
})

export const revocationFact = (
  id: string,
  license: LicenseRow | undefined,
  event: EventOf<'license.revoked'>,
  outcome: Outcome,
): LicenseEventRow => ({
  ...place(id, event, outcome),
  kind: 'revoked',
  ...subject(license),
  from: event.revokedBy,
  to: null,
  effectiveAt: event.effectiveAt,
  reason: event.reason,
})

export const transferFact = (
  id: string,
  license: LicenseRow | undefined,
  event: EventOf<'license.transferred'>,
  outcome: Outcome,
): LicenseEventRow => ({
  ...place(id, event, outcome),
  kind: 'transferred',
  ...subject(license),
  from: event.from,
  to: event.to,
  effectiveAt: null,
  reason: null,
})

/** These logs name no asset: whose word they are follows from the grant. Where no grant is known, nobody vouches for them. */
const subject = (license: LicenseRow | undefined): Pick<LicenseEventRow, 'authority' | 'collectionId' | 'assetId' | 'tokenId'> => ({
  authority: license?.authority ?? 'unverified',
  collectionId: license?.collectionId ?? null,
  assetId: license?.assetId ?? null,
  tokenId: license?.tokenId ?? null,
})
