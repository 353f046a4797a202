import {type DocumentNode, execute, parse} from 'graphql'
import type {Pool} from 'pg'
import {resolveAsOf} from '../../src/api/asOf/resolveAsOf'
import {buildApiSchema} from '../../src/api/buildSchema'
import {createContext} from '../../src/api/context'
import {createExportReader} from '../../src/api/export/exportReader'
import {openExport} from '../../src/api/export/exportRows'
import type {ListSpec} from '../../src/api/list/spec'
import {createStatementNames} from '../../src/api/statementNames'
import {createStateSchemas} from '../../src/api/stateSchemas'
import type {DomainEvent} from '../../src/domain/event'
import {blockId} from '../../src/domain/ids'
import {type BlockRow, type Rows, TABLES, type TableName} from '../../src/domain/rows'
import {appendSteps, formatRows, runSteps} from '../../src/store/bulkWrite'
import {foldTables} from './foldTables'
import {CHAIN, hash} from './givenEvents'

const STATE = `squid_processor_eip155_${CHAIN}`

/** Subsquid's state of the chain of givenEvents. */
export const createState = (pool: Pool): Promise<unknown> =>
  pool.query(`CREATE SCHEMA ${STATE};
    CREATE TABLE ${STATE}.status (id int4 primary key, height int4 not null, hash text);
    CREATE TABLE ${STATE}.hot_block (height int4 primary key, hash text not null)`)

/** The database holds what the pipeline makes of the events, indexed up to `head`, all of it final but for the last block. */
export async function storeHistory(pool: Pool, events: readonly DomainEvent[], head: number): Promise<void> {
  const tables = {...(await foldTables(events)), Block: blocksOf(events)}
  const client = await pool.connect()
  try {
    const names = [...Object.values(TABLES).map(({table}) => `"${table}"`), `${STATE}.status`, `${STATE}.hot_block`]
    await client.query(names.map((name) => `DELETE FROM ${name}`).join(';'))
    for (const table of Object.keys(TABLES) as TableName[])
      await runSteps(client, appendSteps(table, formatRows(table, (tables[table] ?? []) as readonly Rows[TableName][])))
    await client.query(`INSERT INTO ${STATE}.status VALUES (0, $1, $2)`, [head - 1, hash(head - 1)])
    await client.query(`INSERT INTO ${STATE}.hot_block VALUES ($1, $2)`, [head, hash(head)])
  } finally {
    client.release()
  }
}

const blocksOf = (events: readonly DomainEvent[]): readonly BlockRow[] =>
  [...new Map(events.map(({ref}) => [ref.blockNumber, ref])).values()].map(({chainId, blockNumber, blockHash, timestamp}) => ({
    id: blockId(chainId, blockNumber),
    chainId: BigInt(chainId),
    number: blockNumber,
    hash: blockHash,
    timestamp: new Date(timestamp * 1000),
  }))

/** A whole list as it is exported, row by row, what nobody vouches for too. */
export async function exportRows(pool: Pool, spec: ListSpec, block: number | null): Promise<readonly unknown[]> {
  const reader = await createExportReader(pool)
  try {
    const args = {orderBy: ['ID_ASC'], includeUnverified: true}
    const {batches} = await openExport({reader, spec, args, asOf: block === null ? null : {block}, soleChainId: CHAIN})
    const rows: unknown[] = []
    for await (const batch of batches) rows.push(...batch)
    return rows
  } finally {
    await reader.close()
  }
}

/** Answers without the limits that strangers have; `block`: as of it. */
export function createAsker(pool: Pool) {
  const schema = buildApiSchema()
  const shared = {pool, stateSchemas: createStateSchemas(), statementNames: createStatementNames(), statementTimeoutMs: 30_000}
  const documents = new Map<string, DocumentNode>()
  const documentOf = (query: string): DocumentNode => {
    const known = documents.get(query) ?? parse(query, {noLocation: true})
    documents.set(query, known)
    return known
  }
  const ask = async (query: string, block: number | null): Promise<unknown> => {
    const context = createContext({
      ...shared,
      chainIds: [CHAIN],
      noteReader: () => {},
      primary: pool as never,
      followFeed: () => Promise.reject(new Error('no feed here')),
    } as never)
    try {
      const moment = block === null ? null : await resolveAsOf(context, {block}, null)
      const contextValue = moment ? context.at(moment, () => Promise.resolve(moment)) : context
      const {data, errors} = await execute({schema, document: documentOf(query), contextValue})
      if (errors) throw errors[0]
      return JSON.parse(JSON.stringify(data)) as unknown
    } finally {
      await context.release()
    }
  }
  return {schema, ask}
}
