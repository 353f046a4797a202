import type {EventOf} from '../../domain/event'
import type {Address, Hash32} from '../../domain/hex'
import {assetKey, generationHeadId, generationId, generationProofId, laterGenerationId} from '../../domain/ids'
import {incarnationAt} from '../../domain/incarnation'
import type {RowKey, Snapshot} from '../../domain/projection'
import type {GenerationRow} from '../../domain/rows'
import type {GenerationLog} from './fact'
import type {Place} from './record'

export type Statement = Exclude<GenerationLog, {type: 'generation.invalidated'}>

const assetOf = (event: GenerationLog) => ({chainId: event.ref.chainId, collection: event.collection, tokenId: event.tokenId})
const claimant = (event: GenerationLog): Address | null => (event.authority === 'unverified' ? event.emitter : null)
export const assetIdOf = (event: GenerationLog): string => assetKey(assetOf(event))
export const headId = (event: GenerationLog): string => generationHeadId(assetOf(event), claimant(event))
export const proofId = (event: GenerationLog, proofHash: Hash32): string => generationProofId(assetOf(event), proofHash, claimant(event))
/** Key of the first record of a prompt, and of what tells the latest one where a later life of the asset has it too. */
export const promptId = (event: Statement): string => generationId(assetOf(event), event.promptHash, claimant(event))
const latestId = (event: Statement, state: Snapshot): string =>
  state.get('GenerationHead', promptId(event))?.generationId ?? promptId(event)

export const incarnationOf = (event: GenerationLog, state: Snapshot): number => incarnationAt(event, state.get('Asset', assetIdOf(event)))

/** Where the record of a statement stands: what an earlier life of the asset had of this prompt is no record of this one. */
export function recordOf(event: Statement, state: Snapshot): Readonly<{place: Place; known: GenerationRow | undefined}> {
  const incarnation = incarnationOf(event, state)
  const latest = state.get('Generation', latestId(event, state))
  if (!latest) return {place: {id: promptId(event), incarnation}, known: undefined}
  if (latest.incarnation === incarnation) return {place: latest, known: latest}
  return {place: {id: laterGenerationId(assetOf(event), event.promptHash, incarnation, claimant(event)), incarnation}, known: undefined}
}

/** What was asked for before anything is known stays asked for, so that most events take one round. */
export function readsOfStatement(event: Statement, known: Snapshot): RowKey[] {
  const keys: RowKey[] = [
    {table: 'Asset', id: assetIdOf(event)},
    {table: 'Generation', id: latestId(event, known)},
    {table: 'GenerationHead', id: promptId(event)},
    {table: 'GenerationHead', id: headId(event)},
  ]
  if (event.type !== 'generation.updated' && event.proofHash !== null)
    keys.push({table: 'GenerationProof', id: proofId(event, event.proofHash)})
  const head = event.type === 'generation.updated' ? known.get('GenerationHead', headId(event)) : undefined
  if (head) keys.push({table: 'Generation', id: head.generationId})
  return keys
}

export function readsOfInvalidation(event: EventOf<'generation.invalidated'>, known: Snapshot): RowKey[] {
  const keys: RowKey[] = [
    {table: 'Asset', id: assetIdOf(event)},
    {table: 'GenerationProof', id: proofId(event, event.proofHash)},
  ]
  const proof = known.get('GenerationProof', proofId(event, event.proofHash))
  if (proof) keys.push({table: 'Generation', id: proof.generationId})
  return keys
}
