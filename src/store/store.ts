import type {Store as SubsquidStore} from '@subsquid/typeorm-store'
import type {ClientBase} from 'pg'
import type {EntityManager} from 'typeorm'
import type {Rows, TableName} from '../domain/rows'
import type {Changes, Store} from '../pipeline/store'
import {appendSteps, formatRows, runSteps, upsertSteps} from './bulkWrite'
import {entityOf} from './entities'
import {finalSliceOf} from './finalSlice'
import {loadRows} from './loadRows'
import {readSlice} from './slice'

/**
 * The pipeline's store within one of Subsquid's transactions. Final slices are written in bulk, most often once they
 * are complete; hot ones through Subsquid's tracked
 * store, which can undo them when the chain forks (INV-4). The rows are the same either way (INV-1).
 */
export function createStore(subsquid: SubsquidStore): Store {
  const slice = finalSliceOf(subsquid)
  if (slice) return slice.store
  const {em, hot} = readSlice(subsquid)
  return {
    load: (keys) => loadRows((sql, parameters) => em.query(sql, parameters), keys),
    flush: async (changes) => {
      for (const {table, inserts, puts} of tablesOf(changes)) {
        if (hot) await writeTracked(subsquid, table, inserts, puts)
        else await writeBulk(em, table, inserts, puts)
      }
    },
  }
}

type TableChanges = Readonly<{table: TableName; inserts: readonly Rows[TableName][]; puts: readonly Rows[TableName][]}>

const tablesOf = (changes: Changes): readonly TableChanges[] =>
  (Object.keys(changes) as TableName[])
    .sort()
    .map((table) => ({table, inserts: changes[table]?.inserts ?? [], puts: [...(changes[table]?.puts.values() ?? [])]}))

async function writeTracked(
  subsquid: SubsquidStore,
  table: TableName,
  inserts: TableChanges['inserts'],
  puts: TableChanges['puts'],
): Promise<void> {
  await subsquid.insert(inserts.map((row) => entityOf(table, row)))
  await subsquid.upsert(puts.map((row) => entityOf(table, row)))
}

async function writeBulk(em: EntityManager, table: TableName, inserts: TableChanges['inserts'], puts: TableChanges['puts']): Promise<void> {
  const steps = [...appendSteps(table, formatRows(table, inserts)), ...upsertSteps(table, formatRows(table, puts))]
  await runSteps(await clientOf(em), steps)
}

/** The pg client that the transaction runs on. */
export async function clientOf(em: EntityManager): Promise<ClientBase> {
  if (!em.queryRunner) throw new Error('the store was used outside of a transaction')
  return (await em.queryRunner.connect()) as ClientBase
}
