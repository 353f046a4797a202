import {type AssetNamespace, formatAssetId, formatChainId, formatCollectionId} from '../../domain/caip'
import {addressOf, chainOf, parseAssetKey} from '../../domain/ids'
import {TABLES, type TableName} from '../../domain/rows'
import {formatLicenseId} from '../list/parameters'

export type Cell = string | number | boolean | null
/** A row as the API names things: CAIP ids, amounts as text, times in ISO 8601. Null: not there. */
export type ExportedRow = Readonly<Record<string, Cell>>
type StoredRow = Readonly<Record<string, unknown>>
/** What is known of the standard of an asset or a collection, by its key. */
export type Standards = ReadonlyMap<string, AssetNamespace>
/** Keys of the assets and the collections that rows name. */
export type NamedKeys = Readonly<{assets: readonly string[]; collections: readonly string[]}>

export const exportedFields = (table: TableName): readonly string[] => TABLES[table].columns.map(({field}) => field)

const isAsset = (table: TableName, field: string): boolean => /[aA]ssetId$/.test(field) || (table === 'Asset' && field === 'id')
const isCollection = (table: TableName, field: string): boolean =>
  /[cC]ollectionId$/.test(field) || (table === 'Collection' && field === 'id')
const isLicense = (table: TableName, field: string): boolean =>
  field === 'licenseRef' || (table === 'License' && (field === 'id' || field === 'parentId'))

export function namedKeysOf(table: TableName, rows: readonly StoredRow[]): NamedKeys {
  const keysOf = (isNamed: (table: TableName, field: string) => boolean): readonly string[] => {
    const fields = exportedFields(table).filter((field) => isNamed(table, field))
    return [...new Set(rows.flatMap((row) => fields.map((field) => row[field]).filter((key) => typeof key === 'string')))]
  }
  return {assets: keysOf(isAsset), collections: keysOf(isCollection)}
}

export const toExported = (table: TableName, row: StoredRow, standards: Standards): ExportedRow =>
  Object.fromEntries(exportedFields(table).map((field) => [field, exportValue(table, field, row[field], standards)]))

function exportValue(table: TableName, field: string, value: unknown, standards: Standards): Cell {
  if (value === null || value === undefined) return null
  if (value instanceof Date) return value.toISOString()
  if (typeof value !== 'string') return value as number | boolean
  if (field === 'chainId') return formatChainId(Number(value))
  if (isAsset(table, field)) return formatAssetId(parseAssetKey(value), standards.get(value))
  if (isCollection(table, field)) return formatCollection(value, standards.get(value))
  return isLicense(table, field) ? formatLicenseId(value) : value
}

const formatCollection = (key: string, standard: AssetNamespace | undefined): string =>
  formatCollectionId({chainId: chainOf(key), address: addressOf(key)}, standard)

/** https://owasp.org/www-community/attacks/CSV_Injection: what a spreadsheet would run, full-width signs too. Whole numbers are none. */
const FORMULA = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/
const NUMBER = /^-?\d+$/

/** One cell after RFC 4180; an apostrophe before what a spreadsheet would take for a formula. */
export function formatCell(value: Cell): string {
  const text = value === null ? '' : String(value)
  const safe = FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

export const formatCsvLine = (cells: readonly Cell[]): string => `${cells.map(formatCell).join(',')}\r\n`
