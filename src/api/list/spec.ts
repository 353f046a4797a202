import type {TableName} from '../../domain/rows'
import type {HorizonSql} from '../asOf/horizonSql'

/** What a field holds, which decides its filter input and how a filter's value becomes a parameter. */
export type FieldKind =
  | 'int'
  | 'bigint'
  | 'time'
  | 'address'
  | 'hex'
  | 'text'
  | 'asset'
  | 'collection'
  | 'license'
  | 'chain'
  | 'bool'
  | 'enum'

/** The facts that give a row of state a value: which table's `column` holds it, and which names the row. */
export type Narrowing = Readonly<{table: string; column: string; id: string}>

/** The same for a list that no field of its rows names the parent of: a condition over the facts `x` and the parent's key. */
export type Told = Readonly<{narrowing: Narrowing; condition: (key: string) => string}>

/** Rows of state that have a value at the answer's moment, as SQL; `behind`: conditions over their id, for where a page begins and ends. */
export type PastRows = (value: string, horizon: HorizonSql, behind: (id: string) => readonly string[]) => string

export type ListField = Readonly<{
  kind: FieldKind
  /** SQL over the alias `t`. */
  sql: string
  /** The same at the answer's moment, where that takes state beside the row's own. */
  sqlAt?: (parameters: Readonly<{horizon: HorizonSql | null}>) => string
  /** The field is of several rows that belong to `t`: what a condition over one of them becomes. A filter holds where one of them fits it. */
  ofAny?: (condition: string) => string
  /** What an id names, so that what is true of it can be asked for: one step, not further. */
  relation?: ListSpec
  /** Only fields with an index behind them. */
  orderable?: boolean
  /** The index behind its order is of what one row of this column has: only lists of such a one are ordered by it. */
  orderedWithin?: string
  /** An order by it puts what is not there below everything. Times only. */
  nullable?: boolean
  /** Of state that changes: how rows that had a value at a past block are found. */
  narrowing?: Narrowing
  /** The same where the facts tell these rows as they were by themselves. */
  past?: PastRows
  /** Kind enum: the GraphQL enum's object. */
  values?: object
  description: string
}>

/** One list of the API: from it come its where input, its order enum and its SQL. */
export type ListSpec = Readonly<{
  /** GraphQL name of a node: `Transfer`. */
  name: string
  table: TableName
  fields: Readonly<Record<string, ListField>>
  /** `TIMESTAMP_DESC` */
  defaultOrder: string
  /** Rows carry an authority: unverified ones are left out unless asked for. */
  hasAuthority?: boolean
  /** SQL that holds for every row of the list. */
  base?: string
}>

/** `tokenId` -> `TOKEN_ID` */
export const enumName = (field: string): string => field.replace(/([A-Z])/g, '_$1').toUpperCase()

export const addressField = (column: string, description: string): ListField => ({kind: 'address', sql: `t."${column}"`, description})

/** The fields of what an id names, without its own relations. */
export const oneStep = ({fields}: ListSpec): ListSpec['fields'] =>
  Object.fromEntries(Object.entries(fields).map(([name, {relation: _, ...field}]) => [name, field]))
