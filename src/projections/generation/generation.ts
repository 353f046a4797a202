import {type Change, insert, put} from '../../domain/change'
import type {DomainEvent, EventOf} from '../../domain/event'
import type {Address, Hash32} from '../../domain/hex'
import {assetKey, generationHeadId, generationId, generationProofId} from '../../domain/ids'
import type {Projection, RowKey, Snapshot} from '../../domain/projection'
import type {GenerationRow} from '../../domain/rows'
import {type GenerationLog, generationFact} from './fact'
import {claimRecord, invalidateRecord, supersede, updateRecord, verifyRecord} from './record'

/**
 * How an asset was generated: one record per asset and prompt, the proofs that speak for it, and which record is current.
 * An asset's own contract and trusted registries share the records; every other claimant has a set of its own beside them.
 */
export const generation: Projection = {
  name: 'generation',
  owns: ['Generation', 'GenerationProof', 'GenerationHead', 'GenerationEvent'],
  handles: ['generation.claimed', 'generation.verified', 'generation.updated', 'generation.invalidated'],
  reads: (event: DomainEvent, known: Snapshot): readonly RowKey[] => {
    switch (event.type) {
      case 'generation.claimed':
      case 'generation.verified':
        return readsOfStatement(event)
      case 'generation.updated':
        return readsOfUpdate(event, known)
      case 'generation.invalidated':
        return readsOfInvalidation(event, known)
      default:
        return []
    }
  },
  apply: (event: DomainEvent, state: Snapshot): readonly Change[] => {
    switch (event.type) {
      case 'generation.claimed':
        return claim(event, state)
      case 'generation.verified':
        return verify(event, state)
      case 'generation.updated':
        return update(event, state)
      case 'generation.invalidated':
        return invalidate(event, state)
      default:
        return []
    }
  },
}

const assetOf = (event: GenerationLog) => ({chainId: event.ref.chainId, collection: event.collection, tokenId: event.tokenId})
const claimant = (event: GenerationLog): Address | null => (event.authority === 'unverified' ? event.emitter : null)
const headId = (event: GenerationLog): string => generationHeadId(assetOf(event), claimant(event))
const recordId = (event: Exclude<GenerationLog, {type: 'generation.invalidated'}>): string =>
  generationId(assetOf(event), event.promptHash, claimant(event))
const proofId = (event: GenerationLog, proofHash: Hash32): string => generationProofId(assetOf(event), proofHash, claimant(event))

function readsOfStatement(event: EventOf<'generation.claimed' | 'generation.verified'>): readonly RowKey[] {
  const keys: RowKey[] = [
    {table: 'Generation', id: recordId(event)},
    {table: 'GenerationHead', id: headId(event)},
  ]
  if (event.proofHash !== null) keys.push({table: 'GenerationProof', id: proofId(event, event.proofHash)})
  return keys
}

function readsOfUpdate(event: EventOf<'generation.updated'>, known: Snapshot): readonly RowKey[] {
  const keys: RowKey[] = [
    {table: 'Generation', id: recordId(event)},
    {table: 'GenerationHead', id: headId(event)},
  ]
  const head = known.get('GenerationHead', headId(event))
  if (head) keys.push({table: 'Generation', id: head.generationId})
  return keys
}

function readsOfInvalidation(event: EventOf<'generation.invalidated'>, known: Snapshot): readonly RowKey[] {
  const id = proofId(event, event.proofHash)
  const proof = known.get('GenerationProof', id)
  const own: RowKey = {table: 'GenerationProof', id}
  return proof ? [own, {table: 'Generation', id: proof.generationId}] : [own]
}

/** A proof keeps speaking for the record it was first claimed for, until a verification says otherwise. A claim becomes current. */
function claim(event: EventOf<'generation.claimed'>, state: Snapshot): readonly Change[] {
  const id = recordId(event)
  const known = state.get('Generation', id)
  const changes = [
    insert('GenerationEvent', generationFact(event, assetKey(assetOf(event)), id)),
    ...changed(known, claimRecord(id, known, event)),
  ]
  if (state.get('GenerationHead', headId(event))?.generationId !== id)
    changes.push(put('GenerationHead', {id: headId(event), generationId: id}))
  if (event.proofHash !== null && !state.get('GenerationProof', proofId(event, event.proofHash)))
    changes.push(put('GenerationProof', {id: proofId(event, event.proofHash), generationId: id}))
  return changes
}

/** A proof may be checked long after its content was replaced, so it becomes current only where nothing is. */
function verify(event: EventOf<'generation.verified'>, state: Snapshot): readonly Change[] {
  const id = recordId(event)
  const record = verifyRecord(id, state.get('Generation', id), event)
  const changes: Change[] = [insert('GenerationEvent', generationFact(event, assetKey(assetOf(event)), id)), put('Generation', record)]
  if (!state.get('GenerationHead', headId(event))) changes.push(put('GenerationHead', {id: headId(event), generationId: id}))
  const proof = proofId(event, event.proofHash)
  if (state.get('GenerationProof', proof)?.generationId !== id) changes.push(put('GenerationProof', {id: proof, generationId: id}))
  return changes
}

function update(event: EventOf<'generation.updated'>, state: Snapshot): readonly Change[] {
  const id = recordId(event)
  const known = state.get('Generation', id)
  const changes = [
    insert('GenerationEvent', generationFact(event, assetKey(assetOf(event)), id)),
    ...changed(known, updateRecord(id, known, event)),
  ]
  const head = state.get('GenerationHead', headId(event))
  if (head?.generationId === id) return changes
  changes.push(put('GenerationHead', {id: headId(event), generationId: id}))
  const replaced = head && state.get('Generation', head.generationId)
  if (replaced) changes.push(put('Generation', supersede(replaced, event)))
  return changes
}

function invalidate(event: EventOf<'generation.invalidated'>, state: Snapshot): readonly Change[] {
  const proof = state.get('GenerationProof', proofId(event, event.proofHash))
  const fact = insert('GenerationEvent', generationFact(event, assetKey(assetOf(event)), proof?.generationId ?? null))
  const known = proof && state.get('Generation', proof.generationId)
  return known ? [fact, ...changed(known, invalidateRecord(known, event))] : [fact]
}

const changed = (before: GenerationRow | undefined, after: GenerationRow): Change[] => (after === before ? [] : [put('Generation', after)])
