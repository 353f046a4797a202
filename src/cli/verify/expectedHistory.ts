import type {ChainBlock} from '../../chain/chainBlock'
import type {Hash32, Hex} from '../../domain/hex'
import {parseAddress} from '../../domain/hex'
import {blockId} from '../../domain/ids'
import type {Log} from '../../domain/log'
import type {BlockRow, Rows, TableName} from '../../domain/rows'
import {admit, dropForeignCreations} from '../../pipeline/admission'
import {decodeLogs} from '../../pipeline/decodeLogs'
import {foldPrepared, prepareEvents} from '../../pipeline/foldEvents'
import type {Pipeline} from '../../pipeline/handler'
import type {CreatedContracts, Store} from '../../pipeline/store'
import {HISTORY_TABLES} from '../../store/loadRows'

export type History = ReadonlyMap<TableName, ReadonlyMap<string, Rows[TableName]>>

/** State that is written once: what it says now, it said to each fact that came after it. */
const WRITTEN_ONCE: readonly TableName[] = ['TokenAccount', 'LicenseTerms', 'FactoryContract']

/**
 * What the history tables have to hold of these blocks. Other state than what is written once is not loaded: what a fact took from the state
 * of its moment (compareHistory) is not what it should be here.
 */
export async function expectedHistory(
  blocks: readonly ChainBlock[],
  pipeline: Pipeline,
  load: Store['load'],
  created: CreatedContracts,
): Promise<History> {
  const {chainId, router, projections, trusted, listed} = pipeline
  const logs = blocks.flatMap((block) => logsOf(block, chainId))
  const {events, failures} = decodeLogs(admit(logs, pipeline, created), router, trusted)
  const prepared = prepareEvents(dropForeignCreations(events, listed), projections)
  const changes = await foldPrepared(prepared, projections, (keys) => load(keys.filter(({table}) => WRITTEN_ONCE.includes(table))))
  const told = new Set([...prepared.events.map(({ref}) => ref.blockNumber), ...failures.map(({blockNumber}) => blockNumber)])
  const rowsOf = (table: TableName): readonly Rows[TableName][] => {
    if (table === 'Block') return blocks.filter(({number}) => told.has(number)).map((block) => blockRow(block, chainId))
    return table === 'DecodeFailure' ? failures : (changes[table]?.inserts ?? [])
  }
  return new Map(HISTORY_TABLES.map((table) => [table, new Map(rowsOf(table).map((row) => [row.id, row]))]))
}

const blockRow = ({number, hash, timestamp}: ChainBlock, chainId: number): BlockRow => ({
  id: blockId(chainId, number),
  chainId: BigInt(chainId),
  number,
  hash,
  timestamp: new Date(timestamp * 1000),
})

function logsOf({number, hash, timestamp, logs, transactions}: ChainBlock, chainId: number): readonly Log[] {
  const senders = new Map(transactions.map((transaction) => [transaction.hash, transaction.from]))
  return logs.map((log) => {
    const sender = senders.get(log.transactionHash)
    return {
      chainId,
      blockNumber: number,
      blockHash: hash as Hash32,
      timestamp,
      transactionHash: log.transactionHash as Hash32,
      transactionFrom: sender === undefined ? null : parseAddress(sender),
      logIndex: log.logIndex,
      address: parseAddress(log.address),
      topics: log.topics as readonly Hex[],
      data: log.data as Hex,
    }
  })
}
