import {Pool} from 'pg'
import {expect} from 'vitest'
import {buildPipeline} from '../../src/chainPipeline'
import {parseConfig} from '../../src/config/loadConfig'
import {selectChain} from '../../src/config/selectChain'
import {type Hex, parseAddress, parseHash32} from '../../src/domain/hex'
import {blockId} from '../../src/domain/ids'
import type {Log} from '../../src/domain/log'
import {decodeLogs} from '../../src/pipeline/decodeLogs'
import {foldEvents} from '../../src/pipeline/foldEvents'
import {askOf, handlerOver, type Json} from './apiUnderTest'
import {CHAIN, fillDatabase} from './filledDatabase'
import {memoryStore} from './memoryStore'
import type {startPostgres} from './postgres'
import {REGISTRY} from './randomLogs'
import {readRecordedBlock} from './recordedNode'

/** Real logs, said to be of the chain that the API under test answers for. */
export const logsOfRecordedBlock = (name: string): readonly Log[] => {
  const {block, receipts} = readRecordedBlock(name)
  return receipts.flatMap((receipt) =>
    receipt.logs.map((log) => ({
      chainId: CHAIN,
      blockNumber: Number(block.number),
      blockHash: parseHash32(block.hash),
      timestamp: Number(block.timestamp),
      transactionHash: parseHash32(log.transactionHash),
      transactionFrom: parseAddress(String(receipt['from'])),
      logIndex: Number(log.logIndex),
      address: parseAddress(log.address),
      topics: log.topics as readonly Hex[],
      data: log.data as Hex,
    })),
  )
}

const MINIMAL = `chains: [{id: ${CHAIN}, rpc: ["http://127.0.0.1:1"], contracts: "*", trusted: ["${REGISTRY}"]}]\n`

/**
 * What the API answers once these logs, in chain order, went through the pipeline that the operator's file describes (`yaml`: what follows its
 * chains) into a database; block by block, as at the head.
 */
export async function answerLogs(postgres: Awaited<ReturnType<typeof startPostgres>>, name: string, logs: readonly Log[], yaml = '') {
  const config = parseConfig(MINIMAL + yaml, {env: {}})
  const {router, projections, trusted} = buildPipeline(selectChain(config, undefined), config)
  const store = memoryStore()
  const failures = []
  const blocks = new Map<number, Log[]>()
  for (const log of logs) blocks.set(log.blockNumber, [...(blocks.get(log.blockNumber) ?? []), log])
  for (const block of blocks.values()) {
    const decoded = decodeLogs(block, router, trusted)
    failures.push(...decoded.failures)
    await store.flush(await foldEvents(decoded.events, projections, store.load))
  }
  const Block = [...blocks.values()].map(([log]) => blockOf(log as Log))
  const url = await postgres.createMigrated(name)
  const head = Math.max(...blocks.keys())
  await fillDatabase(url, {...store.tables(), Block, DecodeFailure: failures}, head, head)
  const pool = new Pool({connectionString: url, max: 4})
  const api = handlerOver(pool)
  return {
    tables: store.tables(),
    failures,
    // biome-ignore lint/suspicious/noExplicitAny: an answer has the shape of its query
    answer: async (query: string, variables: Json = {}): Promise<any> => {
      const {data, errors} = await askOf(api, query, variables)
      expect(errors).toBeUndefined()
      return data
    },
    close: () => pool.end(),
  }
}

const blockOf = ({blockNumber, blockHash, timestamp}: Log) => ({
  id: blockId(CHAIN, blockNumber),
  chainId: BigInt(CHAIN),
  number: blockNumber,
  hash: blockHash as string,
  timestamp: new Date(timestamp * 1000),
})
