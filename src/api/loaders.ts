import DataLoader from 'dataloader'
import {ZERO_ADDRESS} from '../domain/hex'
import {TABLES, type TableName} from '../domain/rows'
import {knownSql, tableSql} from './asOf/tableSql'
import type {LicenseLineage} from './license/judge'
import {loadLineages} from './license/lineages'
import {loadLinked, loadLinks} from './link/loadLinks'
import type {LoadContext} from './list/pageArgs'
import {createParameters, isOneOf, keysSql} from './list/parameters'
import type {Snapshot} from './snapshot'
import {loadSplits} from './split/loadSplits'
import {type Stored, selectColumns} from './stored'

/** What a collection says of itself by call: evidence, read by the metadata worker. */
export type Profile = Readonly<{name: string | null; symbol: string | null}>
/** Who holds an id of an ERC-2309 range that is not written out; null: burned. */
export type RangeHolder = Readonly<{owner: string | null}>

type One<V> = DataLoader<string, V | null>
type PartTable = 'SaleItem' | 'SalePayment' | 'SaleOrder' | 'RoyaltyDue' | 'RoyaltyTermsShare' | 'SplitShare'
type Many<V> = DataLoader<string, readonly V[]>

/** Rows by key, those of one tick in one query. */
export type Loaders = Readonly<{
  asset: One<Stored<'Asset'>>
  block: One<Stored<'Block'>>
  collection: One<Stored<'Collection'>>
  license: One<Stored<'License'>>
  lineage: One<LicenseLineage>
  transfer: One<Stored<'Transfer'>>
  generation: One<Stored<'Generation'>>
  generationHead: One<Stored<'GenerationHead'>>
  profile: One<Profile>
  rangeHolder: One<RangeHolder>
  factoryContract: One<Stored<'FactoryContract'>>
  /** Links of an event: what it was caused by, and what came of it. */
  causes: One<readonly Stored<'EventLink'>[]>
  effects: One<readonly Stored<'EventLink'>[]>
  /** A fact of any table that links lead to, by `<table> <event key>`. */
  linked: One<Readonly<{table: TableName; row: Readonly<Record<string, unknown>>}>>
  sale: One<Stored<'Sale'>>
  saleItems: Many<Stored<'SaleItem'>>
  salePayments: Many<Stored<'SalePayment'>>
  saleOrders: Many<Stored<'SaleOrder'>>
  royaltiesDue: Many<Stored<'RoyaltyDue'>>
  royaltyTermsShares: Many<Stored<'RoyaltyTermsShare'>>
  splitShares: Many<Stored<'SplitShare'>>
  /** By `<key of a split> <event key>`: the word that its recipients are known by at that event. */
  splitAt: One<Stored<'SplitChange'>>
}>

const byId =
  <T extends TableName>(table: T) =>
  (context: LoadContext): One<Stored<T>> =>
    loaderOf(async (ids) => {
      const parameters = createParameters(context)
      const list = parameters.add(ids)
      const reading = context.reading({name: `one ${table}`, table})
      const tuples = await context.db.tuples(
        `SELECT ${selectColumns(table, 't', reading.fields)} FROM ${tableSql(table, parameters)} t WHERE ${isOneOf('t.id', list, ids)}`,
        parameters.values,
        true,
      )
      return tuples.map((tuple) => {
        const row = reading.row(tuple) as Stored<T> & Readonly<{id: string}>
        return [row.id, row]
      })
    })

const MAKE: {readonly [K in keyof Loaders]: (context: LoadContext) => Loaders[K]} = {
  asset: byId('Asset'),
  block: byId('Block'),
  collection: byId('Collection'),
  license: byId('License'),
  lineage: (context) => new DataLoader((ids: readonly string[]) => loadLineages(context, ids)),
  transfer: byId('Transfer'),
  generation: byId('Generation'),
  generationHead: byId('GenerationHead'),
  factoryContract: byId('FactoryContract'),
  causes: ({db}) => loaderOf((ids) => loadLinks(db, 'effect_id', ids)),
  effects: ({db}) => loaderOf((ids) => loadLinks(db, 'cause_id', ids)),
  linked: ({db}) => loaderOf((keys) => loadLinked(db, keys)),
  sale: byId('Sale'),
  saleItems: ({db}) => partsOf(db, 'SaleItem', 'saleId'),
  salePayments: ({db}) => partsOf(db, 'SalePayment', 'saleId'),
  saleOrders: ({db}) => partsOf(db, 'SaleOrder', 'saleId'),
  royaltiesDue: ({db}) => partsOf(db, 'RoyaltyDue', 'saleId'),
  royaltyTermsShares: ({db}) => partsOf(db, 'RoyaltyTermsShare', 'termsId'),
  splitShares: ({db}) => partsOf(db, 'SplitShare', 'changeId'),
  splitAt: (context) => loaderOf((keys) => loadSplits(context, keys)),
  profile: ({db}) =>
    loaderOf(async (ids) => {
      const rows = await db.query<Profile & {id: string}>(
        'SELECT collection_id AS id, name, symbol FROM collection_profile WHERE collection_id = ANY($1)',
        [ids],
        true,
      )
      return rows.map((row) => [row.id, row])
    }),
  rangeHolder: (context) =>
    loaderOf(async (keys) => {
      const parameters = createParameters(context)
      const list = parameters.add(keys)
      const rows = await context.db.query<RangeHolder & {key: string}>(
        `SELECT k.key, NULLIF(r."to", '${ZERO_ADDRESS}') AS owner FROM ${keysSql(list, keys, 'k')} CROSS JOIN LATERAL (
           SELECT t."to" FROM range_transfer t
           WHERE ${knownSql(parameters)} AND t.collection_id = split_part(k.key, '-', 1) || '-' || split_part(k.key, '-', 2)
             AND split_part(k.key, '-', 3)::numeric BETWEEN t.from_token_id AND t.to_token_id
           ORDER BY t.id DESC LIMIT 1) r`,
        parameters.values,
        true,
      )
      return rows.map((row) => [row.key, row])
    }),
}

/** Most answers need one or two of them: each is made when it is first asked for. */
class LazyLoaders {
  made: Record<string, unknown> = {}
  constructor(readonly context: LoadContext) {}
}
for (const name of Object.keys(MAKE) as (keyof Loaders)[])
  Object.defineProperty(LazyLoaders.prototype, name, {
    get(this: LazyLoaders) {
      return (this.made[name] ??= MAKE[name](this.context))
    },
  })

export const createLoaders = (context: LoadContext): Loaders => new LazyLoaders(context) as unknown as Loaders

/** What was read is read again when it is next asked for. */
export const forgetLoaded = (loaders: Loaders): void => {
  ;(loaders as unknown as LazyLoaders).made = {}
}

/** The parts of a fact, in the order that it has them. `whole`: the column that names it. */
const partsOf = <T extends PartTable>(db: Snapshot, table: T, whole: keyof Stored<T> & string): Many<Stored<T>> =>
  new DataLoader(async (ids: readonly string[]) => {
    const column = TABLES[table].columns.find(({field}) => field === whole)?.column
    const rows = await db.query<Stored<T>>(
      `SELECT ${selectColumns(table, 't')} FROM "${TABLES[table].table}" t WHERE t."${column}" = ANY($1) ORDER BY t.id`,
      [ids],
      true,
    )
    const parts = new Map(ids.map((id): [string, Stored<T>[]] => [id, []]))
    for (const row of rows) parts.get(String(row[whole]))?.push(row)
    return ids.map((id) => parts.get(id) ?? [])
  })

const loaderOf = <V>(fetch: (keys: readonly string[]) => Promise<readonly (readonly [string, V])[]>): One<V> =>
  new DataLoader<string, V | null>(async (keys) => {
    const found = new Map(await fetch(keys))
    return keys.map((key) => found.get(key) ?? null)
  })
