import type {DomainEvent} from '../domain/event'
import {BrokenInvariant} from '../domain/invariant'
import type {Projection, RowKey, Snapshot} from '../domain/projection'
import type {Rows, TableName} from '../domain/rows'
import type {ProjectionIndex} from './projectionIndex'

/** Every row that was asked for, with what is stored under it; a key that is not in here was not asked for. */
export type KnownRows = {readonly [T in TableName]?: ReadonlyMap<string, Rows[T] | undefined>}

/** An event that a projection is to be asked about. */
export type Question = Readonly<{projection: Projection; event: DomainEvent}>

/** What one round of asking found: keys that are not known yet, and the questions whose answer may change once they are. */
export type Reads = Readonly<{keys: readonly RowKey[]; open: readonly Question[]}>

/** All questions of a batch. */
export function* questionsOf(events: Iterable<DomainEvent>, index: ProjectionIndex): Generator<Question> {
  for (const event of events) {
    const projections = index.byType.get(event.type)
    if (!projections) throw new BrokenInvariant(`INV-2: ${event.ref.key}: no projection handles ${event.type}`)
    for (const projection of projections) yield {projection, event}
  }
}

/**
 * Which rows have to be loaded next. `reads` is pure, so a projection that did not look at `known` would say the same again and is
 * not asked twice: on the hot path (transfers) there is one round.
 */
export function collectReads(questions: Iterable<Question>, known: KnownRows): Reads {
  let looked = false
  const snapshot: Snapshot = {
    get: (table, id) => {
      looked = true
      return known[table]?.get(id)
    },
  }
  const keys: RowKey[] = []
  const open: Question[] = []
  const asked = new Map<TableName, Set<string>>()
  for (const question of questions) {
    looked = false
    for (const key of question.projection.reads(question.event, snapshot)) {
      if (known[key.table]?.has(key.id) || !addTo(asked, key)) continue
      keys.push(key)
    }
    if (looked) open.push(question)
  }
  return {keys, open}
}

/** False when it was in there. */
function addTo(asked: Map<TableName, Set<string>>, {table, id}: RowKey): boolean {
  let ids = asked.get(table)
  if (!ids) asked.set(table, (ids = new Set()))
  if (ids.has(id)) return false
  ids.add(id)
  return true
}
