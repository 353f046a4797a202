import type {DomainEvent} from '../../src/domain/event'
import {BrokenInvariant} from '../../src/domain/invariant'
import type {Projection, RowKey, Snapshot} from '../../src/domain/projection'
import {foldEvents} from '../../src/pipeline/foldEvents'
import {buildProjectionIndex} from '../../src/pipeline/projectionIndex'
import {PROJECTIONS} from '../../src/projections'
import {memoryStore, type Tables} from './memoryStore'

/** Every table after the batches were folded one after the other, with the rules of a projection enforced strictly. */
export async function foldTables(...batches: readonly (readonly DomainEvent[])[]): Promise<Tables> {
  const store = memoryStore()
  const index = buildProjectionIndex(PROJECTIONS.map(strict))
  for (const batch of batches) await store.flush(await foldEvents(batch.map(deepFreeze), index, store.load))
  return store.tables()
}

/** Each event may read only what it declared itself, not what its batch happens to hold; what it gives out is frozen. */
export const strict = (projection: Projection): Projection => ({
  ...projection,
  apply: (event, state) => {
    const declared = declaredBy(projection, event, state)
    const get: Snapshot['get'] = (table, id) => {
      if (!declared.has(`${table} ${id}`)) throw new BrokenInvariant(`INV-1: ${projection.name} read ${table} ${id} undeclared`)
      return state.get(table, id)
    }
    return projection.apply(event, {get}).map((change) => deepFreeze(change))
  },
})

function declaredBy(projection: Projection, event: DomainEvent, state: Snapshot): ReadonlySet<string> {
  const declared = new Set<string>()
  const known: Snapshot = {get: (table, id) => (declared.has(`${table} ${id}`) ? state.get(table, id) : undefined)}
  for (let round = 0; round < 3; round++)
    for (const {table, id} of projection.reads(event, known) as Iterable<RowKey>) declared.add(`${table} ${id}`)
  return declared
}

export function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    for (const inner of Object.values(value)) deepFreeze(inner)
  }
  return value
}
