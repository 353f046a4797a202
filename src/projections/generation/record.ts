import type {EventOf} from '../../domain/event'
import {blockTime} from '../../domain/fact'
import {assetKey, collectionId} from '../../domain/ids'
import type {GenerationRow} from '../../domain/rows'

/*
 * claimed -> verified -> invalidated. What wins when logs disagree about the output of one prompt:
 * the latest verification over anything before it; a verification over a later mere claim; an Update, which says that the content
 * was replaced, over both. A record that a log does not change is returned as it was.
 */

/** Under which key, and of which life of its asset, a record is. */
export type Place = Pick<GenerationRow, 'id' | 'incarnation'>

type Content = EventOf<'generation.claimed' | 'generation.updated'>
type Statement = Content | EventOf<'generation.verified'>

/** What a proof said, gone when the content changes. */
const UNPROVEN = {
  modelId: null,
  proofHash: null,
  proofType: null,
  proofURI: null,
  verifier: null,
  challengeDeadline: null,
  verificationId: null,
  invalidationId: null,
  invalidationReason: null,
  status: 'claimed',
} as const

const source = (event: Statement) => ({emitter: event.emitter, authority: event.authority, updatedAt: blockTime(event.ref)})
const claimedBy = (event: Content) => ({claimId: event.ref.key, claimedAt: blockTime(event.ref)})

const newRecord = ({id, incarnation}: Place, event: Statement): GenerationRow => ({
  id,
  chainId: BigInt(event.ref.chainId),
  collectionId: collectionId(event.ref.chainId, event.collection),
  assetId: assetKey({chainId: event.ref.chainId, collection: event.collection, tokenId: event.tokenId}),
  tokenId: event.tokenId,
  incarnation,
  promptHash: event.promptHash,
  prompt: null,
  outputHash: event.outputHash,
  ...UNPROVEN,
  claimId: null,
  claimedAt: null,
  supersededId: null,
  ...source(event),
})

/** A claim that says nothing new changes nothing; the log may come before or after the verification of the same content. */
export function claimRecord(place: Place, known: GenerationRow | undefined, event: EventOf<'generation.claimed'>): GenerationRow {
  const prompt = event.prompt?.text ?? null
  if (!known) return {...newRecord(place, event), prompt, proofHash: event.proofHash, ...claimedBy(event)}
  const otherOutput = event.outputHash !== null && known.outputHash !== null && event.outputHash !== known.outputHash
  const otherProof = event.proofHash !== null && known.proofHash !== null && event.proofHash !== known.proofHash
  const told = known.prompt === null && prompt !== null ? {...known, prompt, updatedAt: blockTime(event.ref)} : known
  const current = told.supersededId === null ? told : {...told, supersededId: null, updatedAt: blockTime(event.ref)}
  const reopened = known.status !== 'verified' && (otherOutput || (known.status === 'invalidated' && otherProof))
  if (reopened) {
    const outputHash = event.outputHash ?? known.outputHash
    return {...current, ...UNPROVEN, outputHash, proofHash: event.proofHash, ...claimedBy(event), ...source(event)}
  }
  return fillIn(current, event, otherOutput)
}

/** What `known` lacked and the claim tells. Of a verified record only that its content was claimed, when they agree. */
function fillIn(known: GenerationRow, event: EventOf<'generation.claimed'>, disagrees: boolean): GenerationRow {
  if (disagrees) return known
  const filled = {
    outputHash: known.outputHash ?? event.outputHash,
    proofHash: known.status === 'claimed' ? (event.proofHash ?? known.proofHash) : known.proofHash,
    ...(known.claimId === null ? claimedBy(event) : {claimId: known.claimId, claimedAt: known.claimedAt}),
  }
  const same = filled.outputHash === known.outputHash && filled.proofHash === known.proofHash && filled.claimId === known.claimId
  return same ? known : {...known, ...filled, updatedAt: blockTime(event.ref)}
}

/** The last verification is what holds, also over an invalidation before it. */
export const verifyRecord = (place: Place, known: GenerationRow | undefined, event: EventOf<'generation.verified'>): GenerationRow => ({
  ...(known ?? newRecord(place, event)),
  outputHash: event.outputHash,
  modelId: event.modelId,
  proofHash: event.proofHash,
  proofType: event.proofType,
  proofURI: event.proofURI,
  verifier: event.verifier,
  challengeDeadline: event.challengeDeadline,
  verificationId: event.ref.key,
  invalidationId: null,
  invalidationReason: null,
  status: 'verified',
  ...source(event),
})

/** An Update is a claim of new content. What was proven of exactly this content stays proven: its verification may come first. */
export function updateRecord(place: Place, known: GenerationRow | undefined, event: EventOf<'generation.updated'>): GenerationRow {
  if (!known) return {...newRecord(place, event), ...claimedBy(event)}
  if (known.outputHash !== event.outputHash)
    return {...known, ...UNPROVEN, outputHash: event.outputHash, supersededId: null, ...claimedBy(event), ...source(event)}
  if (known.supersededId === null && known.claimId !== null) return known
  return {...known, supersededId: null, ...(known.claimId === null ? claimedBy(event) : {}), updatedAt: blockTime(event.ref)}
}

export const supersede = (replaced: GenerationRow, event: EventOf<'generation.updated'>): GenerationRow => ({
  ...replaced,
  supersededId: event.ref.key,
  updatedAt: blockTime(event.ref),
})

/** Only the proof that the record stands on can bring it down, and once. */
export const invalidateRecord = (known: GenerationRow, event: EventOf<'generation.invalidated'>): GenerationRow =>
  known.proofHash !== event.proofHash || known.status === 'invalidated'
    ? known
    : {...known, status: 'invalidated', invalidationReason: event.reason, invalidationId: event.ref.key, updatedAt: blockTime(event.ref)}
