import {TABLES, type TableName} from '../../domain/rows'

/** Columns of `h`: as they were, where that is another thing than they are. */
export const columnsOf = (table: TableName, was: Readonly<Record<string, string>>): string =>
  TABLES[table].columns.map(({column}) => (was[column] === undefined ? `h."${column}"` : `${was[column]} AS "${column}"`)).join(', ')
