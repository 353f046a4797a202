import {type AssetNamespace, type ChainId, parseChainId} from '../../domain/caip'
import type {AsOf, Moment} from '../asOf/asOf'
import type {AsOfInput} from '../asOf/asOfInput'
import {resolveAsOf} from '../asOf/resolveAsOf'
import {tableSql} from '../asOf/tableSql'
import type {ChainState} from '../chainState'
import {parseInput} from '../errors'
import {formatCursor} from '../list/cursor'
import {buildOrder, type OrderTerm} from '../list/order'
import type {PageArgs} from '../list/pageArgs'
import {pageSql, pinsChain, positionOf} from '../list/pageSql'
import {createParameters} from '../list/parameters'
import type {ListSpec} from '../list/spec'
import {type ExportedRow, type NamedKeys, namedKeysOf, type Standards, toExported} from './cells'
import type {ExportReader} from './exportReader'

export type Exported = Readonly<{cursor: string; row: ExportedRow}>
export type Export = Readonly<{chains: readonly ChainState[]; asOf: Moment | null; batches: AsyncGenerator<readonly Exported[]>}>

const BATCH = 1_000

type Options = Readonly<{
  reader: ExportReader
  spec: ListSpec
  args: PageArgs
  /** The past moment that was asked about; null: now. */
  asOf: AsOfInput | null
  soleChainId: ChainId | null
}>

/** All rows of a list in its order and behind its cursor, as one moment has them, batch by batch: memory does not grow with the list. */
export async function openExport({reader, spec, args, asOf: asked, soleChainId}: Options): Promise<Export> {
  const chains = await reader.states()
  const asOf = asked && (await momentOf(reader, chains, asked))
  const told = {soleChainId, asOf}
  const [order, parameters] = [buildOrder(spec, args.orderBy), createParameters(told, chains.length === 1)]
  const oneChain = pinsChain(spec, args) || chains.length === 1
  const window = {size: Number.MAX_SAFE_INTEGER - 1, backward: false}
  await reader.open(pageSql({spec, args, order, window, parameters, oneChain}), parameters.values)
  return {chains, asOf, batches: readBatches(reader, spec, order, told)}
}

type Told = Readonly<{soleChainId: ChainId | null; asOf: AsOf | null}>

const momentOf = (reader: ExportReader, chains: readonly ChainState[], asked: AsOfInput): Promise<Moment> => {
  const chainId = asked.chainId == null ? null : parseInput(parseChainId, asked.chainId)
  return resolveAsOf({db: reader, chains: () => Promise.resolve(chains), now: new Date()}, asked, chainId)
}

async function* readBatches(
  reader: ExportReader,
  spec: ListSpec,
  order: readonly OrderTerm[],
  told: Told,
): AsyncGenerator<readonly Exported[]> {
  for (;;) {
    const rows = await reader.next(BATCH)
    if (rows.length === 0) return
    const standards = await loadStandards(reader, namedKeysOf(spec.table, rows), told)
    yield rows.map((row) => ({
      cursor: formatCursor(order, positionOf(row, order)),
      row: toExported(spec.table, row, standards),
    }))
  }
}

async function loadStandards(reader: ExportReader, {assets, collections}: NamedKeys, told: Told): Promise<Standards> {
  const parameters = createParameters(told)
  const named = [
    {table: 'Asset', keys: assets},
    {table: 'Collection', keys: collections},
  ] as const
  const parts = named
    .filter(({keys}) => keys.length > 0)
    .map(
      ({table, keys}) =>
        `SELECT t.id, t.standard FROM ${tableSql(table, parameters)} t WHERE t.id = ANY(${parameters.add(keys)}::text[]) AND t.standard IS NOT NULL`,
    )
  if (parts.length === 0) return new Map()
  const rows = await reader.query<{id: string; standard: AssetNamespace}>(parts.join(' UNION ALL '), parameters.values)
  return new Map(rows.map(({id, standard}) => [id, standard]))
}
