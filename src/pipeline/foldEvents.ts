import type {DomainEvent} from '../domain/event'
import {assertInvariant} from '../domain/invariant'
import type {RowKey} from '../domain/projection'
import type {Rows, TableName} from '../domain/rows'
import {collectFurtherReads, collectReads, type KnownRows, type Reads} from './collectReads'
import {dropEchoes} from './dropEchoes'
import {expandRanges} from './expandRanges'
import {foldBatch} from './foldBatch'
import {foreseeMints} from './foreseeMints'
import {linkEvents} from './linkEvents'
import {accountsNamed, nameTokens} from './nameTokens'
import type {ProjectionIndex} from './projectionIndex'
import {settleOrders} from './settleOrders'
import {settleSplits} from './settleSplits'
import type {Changes, LoadedRows, Store} from './store'

/** A key may depend on a row that depends on a row; no projection needs more. */
const MAX_ROUNDS = 3

/**
 * Events with the rows that they ask for, as far as that can be told before any is read. `areNamed` false: some name assets by accounts, and
 * the rows are those that tell the tokens.
 */
export type PreparedEvents = Readonly<{events: readonly DomainEvent[]; reads: Reads; areNamed: boolean}>

export function prepareEvents(decoded: readonly DomainEvent[], index: ProjectionIndex): PreparedEvents {
  const expanded = dropEchoes([...expandRanges(settleOrders(settleSplits(decoded)))])
  const accounts = accountsNamed(expanded)
  if (accounts.length > 0) return {events: expanded, reads: {keys: accounts, open: []}, areNamed: false}
  const events = foreseeMints(linkEvents(expanded))
  return {events, reads: collectReads(events, index), areNamed: true}
}

/** Loads what a batch of events asks for, round by round, and folds it. Nothing is written: `flush` the answer. */
export async function foldPrepared(prepared: PreparedEvents, index: ProjectionIndex, load: Store['load']): Promise<Changes> {
  const loaded: Loaded = {}
  // Each row was filed under its own table.
  const known = loaded as KnownRows
  let {events, reads} = prepared
  if (!prepared.areNamed) {
    addRows(loaded, reads.keys, await load(reads.keys))
    events = foreseeMints(linkEvents(nameTokens(events, known)))
    reads = collectReads(events, index)
  }
  for (let round = 1; reads.keys.length > 0; round++) {
    assertInvariant(round <= MAX_ROUNDS, 'INV-8', `${reads.open[0]?.projection.name} asks for rows in round ${round}`)
    addRows(loaded, reads.keys, await load(reads.keys))
    reads = collectFurtherReads(reads.open, known)
  }
  return foldBatch(events, index, known)
}

export const foldEvents = (decoded: readonly DomainEvent[], index: ProjectionIndex, load: Store['load']): Promise<Changes> =>
  foldPrepared(prepareEvents(decoded, index), index, load)

type Loaded = {[T in TableName]?: Map<string, Rows[TableName] | undefined>}

function addRows(loaded: Loaded, keys: readonly RowKey[], stored: LoadedRows): void {
  for (const {table, id} of keys) {
    let rows = loaded[table]
    if (!rows) loaded[table] = rows = new Map()
    rows.set(id, stored[table]?.get(id))
  }
}
