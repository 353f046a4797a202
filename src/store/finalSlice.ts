import type {ClientBase} from 'pg'
import {BrokenInvariant} from '../domain/invariant'
import type {RowKey} from '../domain/projection'
import type {Rows, TableName} from '../domain/rows'
import type {Changes, LoadedRows, Store} from '../pipeline/store'
import {appendSteps, runSteps, upsertSteps} from './bulkWrite'
import {type CopyText, createCopyText} from './copyText'

type AnyRow = Rows[TableName]
type StateRows = {
  /** Looked for and stored nowhere: to be appended. */
  readonly unknown: Set<string>
  readonly puts: Map<string, AnyRow>
}

/** What a final slice came to: facts as text, state rows at their last value. Read-only once the slice is done. */
export type PendingRows = Readonly<{facts: Map<TableName, CopyText>; state: Map<TableName, StateRows>}>

/** False: certainly not. Spares most reads of a backfill, which is mostly mints. */
export type MayBeStored = (key: RowKey) => boolean

const FINAL = Symbol('final slice')

/** Stands where Subsquid gives a Store to its handler. */
export type FinalSlice = Readonly<{[FINAL]: true; store: Store; pending: PendingRows}>

export const finalSliceOf = (given: object): FinalSlice | null => (FINAL in given ? (given as FinalSlice) : null)

/**
 * Final blocks on their way to the database: nothing is written until the slice is complete, so that it can be folded while the slice
 * before it is still being written. `below`: that slice's rows, which a read of the database may not show yet.
 */
export function createFinalSlice(read: Store['load'], below: PendingRows | null, mayBeStored: MayBeStored): FinalSlice {
  const pending: PendingRows = {facts: new Map(), state: new Map()}
  const layers = below ? [pending, below] : [pending]
  const rows = createReadAhead(read, mayBeStored)
  return {
    [FINAL]: true,
    pending,
    store: {
      prefetch: (keys) => rows.fetch(keys.filter((key) => !findPut(layers, key))),
      load: async (keys) => {
        refuseFacts(layers, keys)
        const missing = keys.filter((key) => rows.isNew(key) && !findPut(layers, key))
        if (missing.length > 0) await rows.fetch(missing)
        return findRows(layers, keys, rows.get, pending)
      },
      flush: async (changes) => collect(pending, changes),
    },
  }
}

type StoredRow = (key: RowKey) => AnyRow | undefined

/** What the slices write is never among the stored rows, so that reading them early makes no difference. */
function createReadAhead(read: Store['load'], mayBeStored: MayBeStored) {
  const known = new Map<TableName, Map<string, AnyRow | undefined>>()
  const file = ({table, id}: RowKey, row: AnyRow | undefined) => {
    let rows = known.get(table)
    if (!rows) {
      rows = new Map()
      known.set(table, rows)
    }
    rows.set(id, row)
  }
  const isNew = ({table, id}: RowKey) => !known.get(table)?.has(id)
  const fetch = async (keys: readonly RowKey[]) => {
    const missing: RowKey[] = []
    for (const key of keys) {
      if (!isNew(key)) continue
      if (mayBeStored(key)) missing.push(key)
      else file(key, undefined)
    }
    if (missing.length === 0) return
    const stored = await read(missing)
    for (const key of missing) file(key, stored[key.table]?.get(key.id))
  }
  return {fetch, isNew, get: (({table, id}) => known.get(table)?.get(id)) satisfies StoredRow}
}

/** They are text by now, and in no filter of keys: a projection that reads rows has to put them. */
function refuseFacts(layers: readonly PendingRows[], keys: readonly RowKey[]): void {
  let last = ''
  for (const {table} of keys) {
    if (table !== last && layers.some(({facts}) => facts.has(table)))
      throw new BrokenInvariant(`rows of ${table} are appended, so that they cannot be loaded`)
    last = table
  }
}

function findRows(layers: readonly PendingRows[], keys: readonly RowKey[], stored: StoredRow, pending: PendingRows): LoadedRows {
  const found: {[T in TableName]?: Map<string, AnyRow>} = {}
  for (const key of keys) {
    const row = findPut(layers, key) ?? stored(key)
    if (row) fileRow(found, key, row)
    else stateOf(pending, key.table).unknown.add(key.id)
  }
  // Rows were filed under their own table.
  return found as LoadedRows
}

export function fileRow(found: {[T in TableName]?: Map<string, AnyRow>}, {table, id}: RowKey, row: AnyRow): void {
  let rows = found[table]
  if (!rows) {
    rows = new Map()
    found[table] = rows
  }
  rows.set(id, row)
}

function findPut(layers: readonly PendingRows[], {table, id}: RowKey): AnyRow | undefined {
  for (const {state} of layers) {
    const row = state.get(table)?.puts.get(id)
    if (row) return row
  }
  return undefined
}

function stateOf({state}: PendingRows, table: TableName): StateRows {
  let rows = state.get(table)
  if (!rows) {
    rows = {unknown: new Set(), puts: new Map()}
    state.set(table, rows)
  }
  return rows
}

function collect(pending: PendingRows, changes: Changes): void {
  for (const table of Object.keys(changes) as TableName[]) {
    const {inserts, puts} = changes[table] ?? {inserts: [], puts: new Map<string, AnyRow>()}
    if (inserts.length > 0) {
      const text = pending.facts.get(table) ?? createCopyText(table)
      pending.facts.set(table, text)
      for (const row of inserts) text.append(row)
    }
    if (puts.size === 0) continue
    const rows = stateOf(pending, table).puts
    for (const [id, row] of puts) rows.set(id, row)
  }
}

/** Writes a complete slice in the client's transaction. Untracked by Subsquid. */
export function writePending(client: ClientBase, {facts, state}: PendingRows): Promise<void> {
  const steps = [...facts].flatMap(([table, text]) => appendSteps(table, text.chunks()))
  for (const [table, {unknown, puts}] of state) {
    const [fresh, known] = [createCopyText(table), createCopyText(table)]
    for (const [id, row] of puts) (unknown.has(id) ? fresh : known).append(row)
    steps.push(...appendSteps(table, fresh.chunks()), ...upsertSteps(table, known.chunks()))
  }
  return runSteps(client, steps)
}
