import {type Rows, TABLES, type TableName} from '../domain/rows'

/** A row as PostgreSQL gives it to the API: numbers beyond 2^53 stay text, which is what JSON needs. */
export type Stored<T extends TableName> = {readonly [K in keyof Rows[T]]: TextOf<Rows[T][K]>}
type TextOf<V> = V extends bigint ? string : V

/** `"collection_id" AS "collectionId", …` */
export const selectColumns = (name: TableName, alias: string): string =>
  TABLES[name].columns.map(({column, field}) => `${alias}."${column}" AS "${field}"`).join(', ')

/** The same as one JSON value, numbers as text, for queries over several tables. */
export const selectJson = (name: TableName, alias: string): string =>
  `json_build_object(${TABLES[name].columns.map(({column, field, type}) => `'${field}', ${alias}."${column}"${type === 'numeric' ? '::text' : ''}`).join(', ')})`

/** What selectJson gave: times come as text. */
export function parseStored<T extends TableName>(name: T, json: Readonly<Record<string, unknown>>): Stored<T> {
  const parsed: Record<string, unknown> = {...json}
  for (const {field, type} of TABLES[name].columns) {
    const value = json[field]
    if (type === 'timestamptz' && typeof value === 'string') parsed[field] = new Date(value)
  }
  return parsed as Stored<T>
}
