import {type Change, insert, put} from '../../domain/change'
import type {DomainEvent, EventOf} from '../../domain/event'
import type {Projection, RowKey, Snapshot} from '../../domain/projection'
import type {GenerationHeadRow, GenerationRow} from '../../domain/rows'
import {type GenerationLog, generationFact} from './fact'
import {assetIdOf, headId, incarnationOf, promptId, proofId, readsOfInvalidation, readsOfStatement, recordOf, type Statement} from './reads'
import {claimRecord, invalidateRecord, type Place, supersede, updateRecord, verifyRecord} from './record'

/**
 * How an asset was generated: one record per asset, life and prompt, the proofs that speak for it, and which record is current. Nothing is
 * taken over from an earlier life: what was proven of that was another token.
 * An asset's own contract and trusted registries share the records; every other claimant has a set of its own beside them.
 *
 * Asset belongs to ownership and is only read: which life is meant.
 */
export const generation: Projection = {
  name: 'generation',
  owns: ['Generation', 'GenerationProof', 'GenerationHead', 'GenerationEvent'],
  handles: ['generation.claimed', 'generation.verified', 'generation.updated', 'generation.invalidated'],
  reads: (event: DomainEvent, known: Snapshot): readonly RowKey[] => {
    switch (event.type) {
      case 'generation.claimed':
      case 'generation.verified':
      case 'generation.updated':
        return readsOfStatement(event, known)
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

const factOf = (event: GenerationLog, {id, incarnation}: Readonly<{id: string | null; incarnation: number}>): Change =>
  insert('GenerationEvent', generationFact(event, assetIdOf(event), {generationId: id, incarnation}))

const pointTo = (id: string, {id: generationId, incarnation}: Place): GenerationHeadRow => ({id, generationId, incarnation})

/** What the life that is meant has for current; an earlier one's is none. */
function headOf(event: Statement, {incarnation}: Place, state: Snapshot): GenerationHeadRow | undefined {
  const head = state.get('GenerationHead', headId(event))
  return head?.incarnation === incarnation ? head : undefined
}

/** A record of a prompt that an earlier life has is found by the prompt from then on. */
const changed = (event: Statement, known: GenerationRow | undefined, after: GenerationRow): Change[] => {
  if (after === known) return []
  const isLater = !known && after.id !== promptId(event)
  return [put('Generation', after), ...(isLater ? [put('GenerationHead', pointTo(promptId(event), after))] : [])]
}

/** A proof keeps speaking for the record it was first claimed for in a life, until a verification says otherwise. A claim becomes current. */
function claim(event: EventOf<'generation.claimed'>, state: Snapshot): readonly Change[] {
  const {place, known} = recordOf(event, state)
  const changes = [factOf(event, place), ...changed(event, known, claimRecord(place, known, event))]
  if (headOf(event, place, state)?.generationId !== place.id) changes.push(put('GenerationHead', pointTo(headId(event), place)))
  if (event.proofHash === null) return changes
  const id = proofId(event, event.proofHash)
  if (state.get('GenerationProof', id)?.incarnation !== place.incarnation) changes.push(put('GenerationProof', pointTo(id, place)))
  return changes
}

/** A proof may be checked long after its content was replaced, so it becomes current only where nothing is. */
function verify(event: EventOf<'generation.verified'>, state: Snapshot): readonly Change[] {
  const {place, known} = recordOf(event, state)
  const changes = [factOf(event, place), ...changed(event, known, verifyRecord(place, known, event))]
  if (!headOf(event, place, state)) changes.push(put('GenerationHead', pointTo(headId(event), place)))
  const id = proofId(event, event.proofHash)
  if (state.get('GenerationProof', id)?.generationId !== place.id) changes.push(put('GenerationProof', pointTo(id, place)))
  return changes
}

function update(event: EventOf<'generation.updated'>, state: Snapshot): readonly Change[] {
  const {place, known} = recordOf(event, state)
  const changes = [factOf(event, place), ...changed(event, known, updateRecord(place, known, event))]
  const head = headOf(event, place, state)
  if (head?.generationId === place.id) return changes
  changes.push(put('GenerationHead', pointTo(headId(event), place)))
  const replaced = head && state.get('Generation', head.generationId)
  if (replaced) changes.push(put('Generation', supersede(replaced, event)))
  return changes
}

/** A proof may fall when its token lives again: it is the record that stood on it that falls, of whichever life. */
function invalidate(event: EventOf<'generation.invalidated'>, state: Snapshot): readonly Change[] {
  const proof = state.get('GenerationProof', proofId(event, event.proofHash))
  if (!proof) return [factOf(event, {id: null, incarnation: incarnationOf(event, state)})]
  const fact = factOf(event, {id: proof.generationId, incarnation: proof.incarnation})
  const known = state.get('Generation', proof.generationId)
  const after = known && invalidateRecord(known, event)
  return after && after !== known ? [fact, put('Generation', after)] : [fact]
}
