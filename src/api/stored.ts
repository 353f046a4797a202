import {type Column, type Rows, TABLES, type TableName} from '../domain/rows'

/** A row as PostgreSQL gives it to the API: numbers beyond 2^53 stay text, which is what JSON needs. */
export type Stored<T extends TableName> = {readonly [K in keyof Rows[T]]: TextOf<Rows[T][K]>}
type TextOf<V> = V extends bigint ? string : V

/** `"collection_id" AS "collectionId", …`; `fields`: only these, in the order of the table. */
export const selectColumns = (name: TableName, alias: string, fields?: readonly string[]): string =>
  chosen(name, fields)
    .map(({column, field}) => `${alias}."${column}" AS "${field}"`)
    .join(', ')

const chosen = (name: TableName, fields: readonly string[] | undefined) =>
  fields ? TABLES[name].columns.filter(({field}) => fields.includes(field)) : TABLES[name].columns

const asJson = (alias: string, {column, type}: Column): string => `${alias}."${column}"${type === 'numeric' ? '::text' : ''}`

/** The same as one JSON value, numbers as text, for queries over several tables. */
export const selectJson = (name: TableName, alias: string): string =>
  `json_build_object(${TABLES[name].columns.map((column) => `'${column.field}', ${asJson(alias, column)}`).join(', ')})`

/** The values of fields as one JSON array. */
export const selectTuple = (name: TableName, alias: string, fields: readonly string[]): string =>
  `json_build_array(${chosen(name, fields)
    .map((column) => asJson(alias, column))
    .join(', ')})`

/** What selectJson gave: times come as text. */
export function parseStored<T extends TableName>(name: T, json: Readonly<Record<string, unknown>>): Stored<T> {
  const parsed: Record<string, unknown> = {...json}
  for (const {field, type} of TABLES[name].columns) {
    const value = json[field]
    if (type === 'timestamptz' && typeof value === 'string') parsed[field] = new Date(value)
  }
  return parsed as Stored<T>
}
