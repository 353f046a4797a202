import type {Rows, TableName} from './rows'

/** An intended mutation. `insert`: a new fact, never seen before. `put`: the whole new value of a state row. */
export type Change = {[T in TableName]: Readonly<{op: 'insert' | 'put'; table: T; row: Rows[T]}>}[TableName]

export const insert = <T extends TableName>(table: T, row: Rows[T]): Change => ({op: 'insert', table, row}) as Change
export const put = <T extends TableName>(table: T, row: Rows[T]): Change => ({op: 'put', table, row}) as Change
