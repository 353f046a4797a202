import type {AssetNamespace, ChainId} from '../../domain/caip'
import type {ChainState} from '../chainState'
import {formatCursor} from '../list/cursor'
import {buildOrder, type OrderTerm} from '../list/order'
import type {PageArgs} from '../list/pageArgs'
import {pageSql, pinsChain, positionOf} from '../list/pageSql'
import {createParameters} from '../list/parameters'
import type {ListSpec} from '../list/spec'
import {assetKeysOf, type ExportedRow, type Standards, toExported} from './cells'
import type {ExportReader} from './exportReader'

export type Exported = Readonly<{cursor: string; row: ExportedRow}>
export type Export = Readonly<{chains: readonly ChainState[]; batches: AsyncGenerator<readonly Exported[]>}>

const BATCH = 1_000

type Options = Readonly<{reader: ExportReader; spec: ListSpec; args: PageArgs; soleChainId: ChainId | null}>

/** All rows of a list in its order and behind its cursor, as one moment has them, batch by batch: memory does not grow with the list. */
export async function openExport({reader, spec, args, soleChainId}: Options): Promise<Export> {
  const [order, parameters] = [buildOrder(spec, args.orderBy), createParameters({soleChainId, asOf: null})]
  const chains = await reader.states()
  const oneChain = pinsChain(spec, args) || chains.length === 1
  const window = {size: Number.MAX_SAFE_INTEGER - 1, backward: false}
  await reader.open(pageSql({spec, args, order, window, parameters, oneChain}), parameters.values)
  return {chains, batches: readBatches(reader, spec, order)}
}

async function* readBatches(reader: ExportReader, spec: ListSpec, order: readonly OrderTerm[]): AsyncGenerator<readonly Exported[]> {
  for (;;) {
    const rows = await reader.next(BATCH)
    if (rows.length === 0) return
    const standards = await loadStandards(reader, assetKeysOf(spec.table, rows))
    yield rows.map((row) => ({
      cursor: formatCursor(order, positionOf(row, order)),
      row: toExported(spec.table, row, standards),
    }))
  }
}

async function loadStandards(reader: ExportReader, keys: readonly string[]): Promise<Standards> {
  if (keys.length === 0) return new Map()
  const rows = await reader.query<{id: string; standard: AssetNamespace}>('SELECT id, standard FROM asset WHERE id = ANY($1)', [keys])
  return new Map(rows.map(({id, standard}) => [id, standard]))
}
