import {TABLES, type TableName} from '../../domain/rows'
import {type HorizonSql, isFactTable} from './horizonSql'
import {stateAsOf} from './stateSql'

type Horizon = Readonly<{horizon: HorizonSql | null}>

/** What rows are read from: the table, or, of state, what it was at the answer's moment. */
export const tableSql = (table: TableName, {horizon}: Horizon): string =>
  horizon === null || table === 'Block' || isFactTable(table) ? `"${TABLES[table].table}"` : stateAsOf(table, horizon)

/** Facts that the answer may know: a condition over `t`. */
export const knownSql = ({horizon}: Horizon): string => (horizon === null ? 'true' : horizon.within('t."id"'))
