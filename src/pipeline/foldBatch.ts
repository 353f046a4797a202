import type {Change} from '../domain/change'
import type {DomainEvent} from '../domain/event'
import {assertInvariant, BrokenInvariant} from '../domain/invariant'
import type {Snapshot} from '../domain/projection'
import type {Rows, TableName} from '../domain/rows'
import type {KnownRows} from './collectReads'
import type {ProjectionIndex} from './projectionIndex'
import type {Changes} from './store'

type AnyRow = Rows[TableName]
type Written = {inserts: AnyRow[]; puts: Map<string, AnyRow>}

/**
 * Folds a batch of events, given in chain order, over the rows that they asked for. Pure.
 * Every projection sees the rows as they stand before the event, whatever the others make of it.
 *
 * @throws BrokenInvariant on events out of order (INV-1), an event that leaves no fact (INV-2), a row that was not asked for
 * (INV-1: it would depend on the batch), a change of another projection's table (INV-5)
 */
export function foldBatch(events: Iterable<DomainEvent>, index: ProjectionIndex, known: KnownRows): Changes {
  const written = new Map<TableName, Written>()
  const state = snapshotOver(known, written)
  let last = ''
  for (const event of events) {
    assertInvariant(event.ref.key > last, 'INV-1', `event ${event.ref.key} comes after ${last}`)
    last = event.ref.key
    const changes = applyAll(event, index, state)
    for (const change of changes) record(written, change)
  }
  // Rows were grouped by the table that each change names.
  return Object.fromEntries(written) as Changes
}

const snapshotOver = (known: KnownRows, written: ReadonlyMap<TableName, Written>): Snapshot => ({
  get: <T extends TableName>(table: T, id: string): Rows[T] | undefined => {
    const put = written.get(table)?.puts.get(id)
    if (put !== undefined) return put as Rows[T]
    const rows = known[table]
    const row = rows?.get(id)
    if (row === undefined && !rows?.has(id)) throw new BrokenInvariant(`INV-1: ${table} ${id} was read but not declared`)
    return row
  },
})

function applyAll(event: DomainEvent, index: ProjectionIndex, state: Snapshot): readonly Change[] {
  const all: Change[] = []
  let facts = 0
  for (const projection of index.byType.get(event.type) ?? []) {
    for (const change of projection.apply(event, state)) {
      if (index.ownerOf.get(change.table) !== projection)
        throw new BrokenInvariant(`INV-5: ${event.ref.key}: ${projection.name} changes ${change.table}, which it does not own`)
      if (change.op === 'insert') facts++
      all.push(change)
    }
  }
  assertInvariant(facts > 0, 'INV-2', `${event.ref.key}: ${event.type} left no fact`)
  return all
}

function record(written: Map<TableName, Written>, {op, table, row}: Change): void {
  let rows = written.get(table)
  if (!rows) {
    rows = {inserts: [], puts: new Map()}
    written.set(table, rows)
  }
  if (op === 'insert') rows.inserts.push(row)
  else rows.puts.set(row.id, row)
}
