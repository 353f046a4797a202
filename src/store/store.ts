import type {Store as SubsquidStore} from '@subsquid/typeorm-store'
import type {ClientBase} from 'pg'
import type {EntityManager} from 'typeorm'
import type {Rows, TableName} from '../domain/rows'
import type {Changes, Store} from '../pipeline/store'
import {againSteps, appendSteps, formatRows, runSteps, upsertSteps, type WriteStep} from './bulkWrite'
import {finalSliceOf} from './finalSlice'
import {loadRows, type Query} from './loadRows'
import {runStatements, type Statement} from './runStatements'
import {readSlice, type Tracker} from './slice'
import {trackedStatement} from './trackedWrite'

/**
 * The pipeline's store within one of Subsquid's transactions. Final slices are written in bulk, most often once they are complete; what hot
 * blocks change is noted in Subsquid's log too, by which it is undone when the chain forks (INV-4). The rows are the same either way (INV-1).
 */
export function createStore(subsquid: SubsquidStore): Store {
  const slice = finalSliceOf(subsquid)
  if (slice) return slice.store
  const {em, tracker} = readSlice(subsquid)
  const query = inTurn((sql, parameters) => em.query(sql, parameters))
  return {
    load: (keys) => loadRows(query, keys),
    flush: async (changes) => {
      const client = await clientOf(em)
      const tables = tablesOf(changes)
      await (tracker ? runStatements(client, tables.flatMap(statementsOfHot(tracker))) : runSteps(client, tables.flatMap(stepsOfFinal)))
    },
  }
}

/** A connection takes one query at a time; that node-postgres keeps the others waiting is deprecated. */
function inTurn(query: Query): Query {
  let last: Promise<unknown> = Promise.resolve()
  return (sql, parameters) => {
    last = last.then(() => query(sql, parameters))
    return last
  }
}

type TableChanges = Readonly<{table: TableName; inserts: readonly Rows[TableName][]; puts: readonly Rows[TableName][]}>

const tablesOf = (changes: Changes): readonly TableChanges[] =>
  (Object.keys(changes) as TableName[])
    .sort()
    .map((table) => ({table, inserts: changes[table]?.inserts ?? [], puts: [...(changes[table]?.puts.values() ?? [])]}))

const statementsOfHot =
  (tracker: Tracker) =>
  ({table, inserts, puts}: TableChanges): readonly Statement[] => [
    ...trackedStatement(table, inserts, {isState: false, tracker}),
    ...trackedStatement(table, puts, {isState: true, tracker}),
  ]

const stepsOfFinal = ({table, inserts, puts}: TableChanges): readonly WriteStep[] => {
  const changed = formatRows(table, puts)
  return [...appendSteps(table, formatRows(table, inserts)), ...upsertSteps(table, changed), ...againSteps(table, changed)]
}

/** The pg client that the transaction runs on. */
export async function clientOf(em: EntityManager): Promise<ClientBase> {
  if (!em.queryRunner) throw new Error('the store was used outside of a transaction')
  return (await em.queryRunner.connect()) as ClientBase
}
