import type {DomainEvent} from '../domain/event'
import {BrokenInvariant} from '../domain/invariant'
import type {Projection, RowKey, Snapshot} from '../domain/projection'
import type {Rows, TableName} from '../domain/rows'
import type {ProjectionIndex} from './projectionIndex'

/** Every row that was asked for, with what is stored under it; a key that is not in here was not asked for. */
export type KnownRows = {readonly [T in TableName]?: ReadonlyMap<string, Rows[T] | undefined>}

/** An event that a projection is to be asked about again. */
export type Question = Readonly<{projection: Projection; event: DomainEvent}>

/** What one round of asking found: keys that are not known yet, and the questions whose answer may change once they are. */
export type Reads = Readonly<{keys: readonly RowKey[]; open: readonly Question[]}>

/** The first round: nothing is known. @throws BrokenInvariant for an event that nothing handles (INV-2) */
export function collectReads(events: Iterable<DomainEvent>, index: ProjectionIndex): Reads {
  const round = startRound({})
  for (const event of events) {
    const projections = index.byType.get(event.type)
    if (!projections) throw new BrokenInvariant(`INV-2: ${event.ref.key}: no projection handles ${event.type}`)
    for (const projection of projections) round.ask(projection, event)
  }
  return round.reads
}

/** A further round, with what was loaded since. */
export function collectFurtherReads(open: readonly Question[], known: KnownRows): Reads {
  const round = startRound(known)
  for (const {projection, event} of open) round.ask(projection, event)
  return round.reads
}

/**
 * `reads` is pure, so a projection that did not look at `known` would say the same again and is not asked twice:
 * transfers, the hot path, take one round.
 */
function startRound(known: KnownRows) {
  const keys: RowKey[] = []
  const open: Question[] = []
  const asked = new Map<TableName, Set<string>>()
  let looked = false
  const snapshot: Snapshot = {
    get: (table, id) => {
      looked = true
      return known[table]?.get(id)
    },
  }
  const ask = (projection: Projection, event: DomainEvent): void => {
    looked = false
    for (const key of projection.reads(event, snapshot)) if (!known[key.table]?.has(key.id) && isFirst(asked, key)) keys.push(key)
    if (looked) open.push({projection, event})
  }
  return {ask, reads: {keys, open}}
}

function isFirst(asked: Map<TableName, Set<string>>, {table, id}: RowKey): boolean {
  let ids = asked.get(table)
  if (!ids) {
    ids = new Set()
    asked.set(table, ids)
  }
  const before = ids.size
  return ids.add(id).size > before
}
