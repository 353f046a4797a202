import type {Store as SubsquidStore} from '@subsquid/typeorm-store'
import type {ClientBase} from 'pg'
import type {EntityManager} from 'typeorm'
import type {Rows, TableName} from '../domain/rows'
import type {Changes, Store} from '../pipeline/store'
import {copyRows} from './copyRows'
import {entityOf} from './entities'
import {loadRows} from './loadRows'
import {readSlice} from './slice'
import {upsertRows} from './upsertRows'

/**
 * The pipeline's store within one of Subsquid's transactions. Final slices are written in bulk; hot ones through Subsquid's tracked
 * store, which can undo them when the chain forks (INV-4). The rows are the same either way (INV-1).
 */
export function createStore(subsquid: SubsquidStore): Store {
  const {em, hot} = readSlice(subsquid)
  return {
    load: (keys) => loadRows(em, keys),
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
  if (inserts.length > 0) await copyRows(await clientOf(em), table, inserts)
  if (puts.length > 0) await upsertRows(em, table, puts)
}

/** The pg client that the transaction runs on. */
async function clientOf(em: EntityManager): Promise<ClientBase> {
  if (!em.queryRunner) throw new Error('the store was used outside of a transaction')
  return (await em.queryRunner.connect()) as ClientBase
}
