import {events} from '../../abi/story-protocol'
import {events as v1} from '../../abi/story-protocol-v1'
import {buildLayout} from '../../domain/abiEvent'
import type {AttestationMade, AttestationRevoked} from '../../domain/event'
import {type Address, formatWord, type Hash32, parseAddress, parseHash32, ZERO_HASH} from '../../domain/hex'
import type {EventLayout} from '../../domain/standard'
import {readLabel} from '../../domain/text'

const named = (name: bigint): Hash32 => parseHash32(`0x${formatWord(name)}`)
const uidOf = (disputeId: bigint): Hash32 => named(disputeId)
/** The judgement is not the initiator's word: it has a name of its own, which no dispute has. */
const judgementOf = (disputeId: bigint): Hash32 => named(disputeId | (1n << 255n))

const NOTHING_MORE = {schema: null, expiry: null, score: null, uri: null} as const

type Raised = Readonly<{disputeId: bigint; targetIpId: string; disputeInitiator: string; disputeEvidenceHash: string; targetTag: string}>

/** Somebody says on chain what is wrong with an IP asset: its tag (IMPROPER_REGISTRATION, …) and the hash of the evidence. */
const raised = (log: Raised): readonly AttestationMade[] => [
  {
    ...NOTHING_MORE,
    type: 'attestation.made',
    uid: uidOf(log.disputeId),
    attester: parseAddress(log.disputeInitiator),
    subject: parseAddress(log.targetIpId),
    tokenId: null,
    namedBy: 'account',
    tag: readLabel(parseHash32(log.targetTag)),
    contentHash: log.disputeEvidenceHash === ZERO_HASH ? null : parseHash32(log.disputeEvidenceHash),
  },
]

/** The module takes it back: judged unfounded, cancelled, or settled. */
const ended = (disputeId: bigint, by: Address): readonly AttestationRevoked[] => [{type: 'attestation.revoked', uid: uidOf(disputeId), by}]

/** The module's own word, which names the dispute and not the asset. */
const upheld = (disputeId: bigint, by: Address): readonly AttestationMade[] => [
  {
    ...NOTHING_MORE,
    type: 'attestation.made',
    uid: judgementOf(disputeId),
    attester: by,
    subject: null,
    tokenId: null,
    tag: 'upheld',
    contentHash: null,
    record: {data: null, refUid: uidOf(disputeId), revocable: null, source: 'log'},
  },
]

/** Disputes: who says what against an asset, and what came of it. While one is upheld and not settled, licences of the asset are void on Story. */
export const disputes: readonly EventLayout[] = [
  buildLayout(events.DisputeRaised, raised),
  buildLayout(v1.DisputeRaised, raised),
  buildLayout(events.DisputeJudgementSet, ({disputeId, decision}, {address}) =>
    decision ? upheld(disputeId, address) : ended(disputeId, address),
  ),
  buildLayout(events.DisputeCancelled, ({disputeId}, {address}) => ended(disputeId, address)),
  buildLayout(events.DisputeResolved, ({disputeId}, {address}) => ended(disputeId, address)),
]
