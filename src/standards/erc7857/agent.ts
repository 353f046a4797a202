import type {LicenseGranted, MetadataCommitted, Subject, TokenTransferred} from '../../domain/event'
import {type Address, parseHash32} from '../../domain/hex'
import {licenseNumberAt} from '../../domain/ids'
import {EXCLUSIVITY_NOT_TOLD} from '../../domain/licenseEvent'
import type {Log} from '../../domain/log'

export const moved = (collection: Address, tokenId: bigint, from: Address, to: Address): TokenTransferred => ({
  type: 'token.transferred',
  namespace: 'erc721',
  collection,
  tokenId,
  from,
  to,
  amount: 1n,
  operator: null,
  besideErc721: true,
})

/** One commitment for each hash of an agent's data. */
export const committed = (
  asset: Subject,
  hashes: readonly string[],
  by: Address | null,
  notes: readonly string[] = [],
): readonly MetadataCommitted[] =>
  hashes.map((hash, i) => ({
    type: 'metadata.committed',
    asset,
    by,
    contentHash: parseHash32(hash),
    cidHash: null,
    uri: null,
    note: notes[i] || null,
  }))

/** Without end, until it is revoked; a second one for the same user says nothing else than the first. */
export const authorized = (log: Log, tokenId: bigint, user: Address, licensor: Address | null): LicenseGranted => ({
  type: 'license.granted',
  collection: log.address,
  tokenId,
  licenseId: licenseNumberAt(log.blockNumber, log.logIndex),
  slot: `user ${tokenId} ${user}`,
  licensor,
  licensee: user,
  parentLicenseId: null,
  revoker: 'licensor',
  startTime: BigInt(log.timestamp),
  expiry: null,
  currency: null,
  price: null,
  exclusivity: EXCLUSIVITY_NOT_TOLD,
  sublicensable: false,
  transferable: false,
  termsHash: null,
  termsURI: null,
})
