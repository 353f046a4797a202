import type {EventType} from '../domain/event'
import {assertInvariant} from '../domain/invariant'
import type {Projection} from '../domain/projection'
import type {TableName} from '../domain/rows'

export type ProjectionIndex = Readonly<{
  byType: ReadonlyMap<EventType, readonly Projection[]>
  ownerOf: ReadonlyMap<TableName, Projection>
}>

/** @throws BrokenInvariant when two projections own one table. */
export function buildProjectionIndex(projections: readonly Projection[]): ProjectionIndex {
  const byType = new Map<EventType, Projection[]>()
  const ownerOf = new Map<TableName, Projection>()
  for (const projection of projections) {
    for (const type of projection.handles) byType.set(type, [...(byType.get(type) ?? []), projection])
    for (const table of projection.owns) {
      assertInvariant(!ownerOf.has(table), 'INV-5', `${ownerOf.get(table)?.name} and ${projection.name} both own ${table}`)
      ownerOf.set(table, projection)
    }
  }
  return {byType, ownerOf}
}
