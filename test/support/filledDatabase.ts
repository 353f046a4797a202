import {Client} from 'pg'
import {type Address, type Hash32, type Hex, parseAddress} from '../../src/domain/hex'
import {blockId} from '../../src/domain/ids'
import type {Log} from '../../src/domain/log'
import {type Rows, TABLES, type TableName} from '../../src/domain/rows'
import {decodeLogs} from '../../src/pipeline/decodeLogs'
import {createRouter} from '../../src/pipeline/router'
import {STANDARDS} from '../../src/standards/registry'
import {appendSteps, formatRows, runSteps} from '../../src/store/bulkWrite'
import {foldTables} from './foldTables'
import type {Tables} from './memoryStore'
import {ownStandard} from './ownShapes'
import {type RawLog, REGISTRY} from './randomLogs'

export const CHAIN = 31337
export const GENESIS = 1_700_000_000
/** Who sends every transaction of the logs. */
export const SENDER = `0x${'5e'.repeat(20)}` as Address

const hash = (tag: string, n: number) => `0x${n.toString(16).padStart(64, tag)}` as Hash32

/** Logs as a chain has them: block `i` holds `blocks[i]`, twelve seconds apart. */
export const logsOfBlocks = (blocks: readonly (readonly RawLog[])[]): readonly Log[] =>
  blocks.flatMap((logs, number) =>
    logs.map((log, logIndex) => ({
      chainId: CHAIN,
      blockNumber: number,
      blockHash: hash('b', number),
      timestamp: GENESIS + number * 12,
      transactionHash: hash('a', number * 1000 + logIndex),
      transactionFrom: SENDER,
      logIndex,
      address: parseAddress(log.address),
      topics: log.topics as Hex[],
      data: log.data as Hex,
    })),
  )

/** The rows that the pipeline makes of the logs. */
export async function rowsOfBlocks(blocks: readonly (readonly RawLog[])[]): Promise<Tables> {
  const {events, failures} = decodeLogs(
    logsOfBlocks(blocks),
    createRouter([ownStandard(REGISTRY), ...STANDARDS]),
    new Set([REGISTRY as Address]),
  )
  const tables = await foldTables(events)
  const rows = blocks.map((_, number) => ({
    id: blockId(CHAIN, number),
    chainId: BigInt(CHAIN),
    number,
    hash: hash('b', number),
    timestamp: new Date((GENESIS + number * 12) * 1000),
  }))
  return {...tables, Block: rows, DecodeFailure: failures}
}

/** Writes rows, and Subsquid's state as after the last block, final up to `finalized`. */
export async function fillDatabase(url: string, tables: Tables, head: number, finalized: number): Promise<void> {
  const client = new Client({connectionString: url})
  await client.connect()
  try {
    for (const table of Object.keys(TABLES) as TableName[]) {
      const rows = (tables[table] ?? []) as readonly Rows[TableName][]
      await runSteps(client, appendSteps(table, formatRows(table, rows)))
    }
    const schema = `squid_processor_eip155_${CHAIN}`
    await client.query(`CREATE SCHEMA ${schema};
      CREATE TABLE ${schema}.status (id int4 primary key, height int4 not null, hash text);
      CREATE TABLE ${schema}.hot_block (height int4 primary key, hash text not null)`)
    await client.query(`INSERT INTO ${schema}.status VALUES (0, $1, $2)`, [finalized, hash('b', finalized)])
    for (let height = finalized + 1; height <= head; height++)
      await client.query(`INSERT INTO ${schema}.hot_block VALUES ($1, $2)`, [height, hash('b', height)])
    await client.query('ANALYZE')
  } finally {
    await client.end()
  }
}
