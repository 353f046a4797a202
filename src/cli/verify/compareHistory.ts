import {parseEventKey} from '../../domain/ids'
import {type Rows, TABLES, type TableName} from '../../domain/rows'
import type {History} from './expectedHistory'

/** Something stored that is not what the chain says. */
export type Difference = Readonly<{
  block: number
  /** Null where the block itself differs. */
  log: number | null
  table: string
  id: string
  what: 'missing' | 'extra' | 'different'
  /** Of a different row: each column, what is stored and what the chain says. */
  columns: readonly Readonly<{column: string; stored: string; chain: string}>[]
}>

/**
 * Columns in which a fact keeps what was known at its moment: they follow from all of the chain before, not from the log.
 * A licence that was revoked or transferred is named by its id alone, so that whose it is follows from the grant.
 */
const OF_THE_MOMENT: Readonly<Partial<Record<TableName, readonly string[]>>> = {
  Transfer: ['incarnation', 'ordinal', 'previousOwner', 'owner'],
  // What was asked of the chain is not asked again.
  GenerationEvent: ['generationId', 'incarnation', 'prompt', 'promptSource'],
  LicenseEvent: ['authority', 'collectionId', 'assetId', 'tokenId', 'incarnation', 'applied', 'note'],
  ContractUpgrade: ['previousImplementation'],
  AttestationEvent: [
    ...['authority', 'subject', 'assetId', 'tokenId', 'applied', 'note'],
    // What the registry was asked for.
    ...['data', 'dataSource', 'refUid', 'revocable', 'expiry', 'contentHash'],
  ],
}

/** In the order of the chain. */
export function compareHistory(stored: History, chain: History): readonly Difference[] {
  return [...chain.keys()]
    .flatMap((table) => compareTable(table, stored.get(table) ?? new Map(), chain.get(table) ?? new Map()))
    .sort((a, b) => a.block - b.block || (a.log ?? -1) - (b.log ?? -1))
}

type Table = ReadonlyMap<string, Rows[TableName]>

function compareTable(table: TableName, stored: Table, chain: Table): readonly Difference[] {
  const found: Difference[] = []
  for (const [id, row] of chain) {
    if (isOfTheMoment(table, row)) continue
    const held = stored.get(id)
    const columns = held ? compareRows(table, held, row) : []
    if (!held) found.push({...placeOf(table, row), what: 'missing', columns})
    else if (columns.length > 0) found.push({...placeOf(table, row), what: 'different', columns})
  }
  for (const [id, row] of stored)
    if (!chain.has(id) && !isOfTheMoment(table, row)) found.push({...placeOf(table, row), what: 'extra', columns: []})
  return found
}

/** Which parts of a sale are royalties follows from the terms of its moment. */
const isOfTheMoment = (table: TableName, row: Rows[TableName]): boolean =>
  table === 'RoyaltyPayment' && (row as Rows['RoyaltyPayment']).saleId !== null

function placeOf(name: TableName, row: Rows[TableName]): Pick<Difference, 'block' | 'log' | 'table' | 'id'> {
  const {table} = TABLES[name]
  if (name === 'Block') return {block: (row as Rows['Block']).number, log: null, table, id: row.id}
  // By its key, as it was looked up: the other columns may be what was tampered with.
  const {blockNumber, logIndex} = parseEventKey(row.id)
  return {block: blockNumber, log: logIndex, table, id: row.id}
}

/** Whom a split pays, where its log does not say so and the input of its transaction was asked for. */
const OF_THE_INPUT: readonly string[] = ['source', 'shareCount', 'distributorFee']

function compareRows(table: TableName, stored: Rows[TableName], chain: Rows[TableName]): Difference['columns'] {
  const isAsked = table === 'SplitChange' && textOf(chain, 'source') !== 'log'
  const skipped = isAsked ? OF_THE_INPUT : (OF_THE_MOMENT[table] ?? [])
  // A slot names the licence that came into it before.
  const isUnknown = (field: string) => table === 'LicenseEvent' && field === 'licenseRef' && textOf(chain, field) === 'null'
  return TABLES[table].columns
    .filter(({field}) => !skipped.includes(field) && !isUnknown(field))
    .map(({field, column}) => ({column, stored: textOf(stored, field), chain: textOf(chain, field)}))
    .filter((pair) => pair.stored !== pair.chain)
}

function textOf(row: Rows[TableName], field: string): string {
  const value = (row as unknown as Readonly<Record<string, unknown>>)[field]
  // Which life of the asset had the number before follows from the chain before.
  if (field === 'licenseRef') return String(value).split('-', 3).join('-')
  return value instanceof Date ? value.toISOString() : String(value)
}
