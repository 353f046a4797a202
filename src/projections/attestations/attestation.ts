import type {EventOf} from '../../domain/event'
import {blockTime} from '../../domain/fact'
import {assetKey} from '../../domain/ids'
import type {AttestationRow} from '../../domain/rows'

type Made = EventOf<'attestation.made'>

export const subjectOf = ({ref, subject, tokenId}: Made): Pick<AttestationRow, 'subject' | 'assetId' | 'tokenId'> => ({
  subject,
  assetId: subject !== null && tokenId !== null ? assetKey({chainId: ref.chainId, collection: subject, tokenId}) : null,
  tokenId: subject === null ? null : tokenId,
})

type Words = Pick<
  AttestationRow,
  'schema' | 'expiry' | 'score' | 'tag' | 'contentHash' | 'uri' | 'data' | 'dataSource' | 'refUid' | 'revocable'
>

/** What an attestation says, beside whom it is about: a later one under the same uid replaces it, its log keeps it. */
export const wordsOf = (event: Made): Words => ({
  schema: event.schema,
  expiry: event.expiry,
  score: event.score,
  tag: event.tag,
  contentHash: event.contentHash,
  uri: event.uri,
  data: event.record?.data ?? null,
  dataSource: event.record?.source ?? null,
  refUid: event.record?.refUid ?? null,
  revocable: event.record?.revocable ?? null,
})

export const NO_WORDS: Words = {
  schema: null,
  expiry: null,
  score: null,
  tag: null,
  contentHash: null,
  uri: null,
  data: null,
  dataSource: null,
  refUid: null,
  revocable: null,
}

export const attestationOf = (id: string, event: Made): AttestationRow => ({
  id,
  chainId: BigInt(event.ref.chainId),
  emitter: event.emitter,
  authority: event.authority,
  standard: event.standard,
  uid: event.uid,
  attester: event.attester,
  ...subjectOf(event),
  ...wordsOf(event),
  attestedAt: blockTime(event.ref),
  attestationId: event.ref.key,
  revokedAt: null,
  revocationId: null,
  lastEventId: event.ref.key,
})
