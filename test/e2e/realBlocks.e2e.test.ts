import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {gunzipSync} from 'node:zlib'
import {Client} from 'pg'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {run, writeConfig} from '../support/indexer'
import {startPostgres} from '../support/postgres'
import {readRecordedBlock, startRecordedNode} from '../support/recordedNode'

type Postgres = Awaited<ReturnType<typeof startPostgres>>
let postgres: Postgres

beforeAll(async () => {
  postgres = await startPostgres()
})
afterAll(() => postgres.stop())

/** Indexes the recorded blocks, adjacent ones, through the real processor. */
async function indexBlocks(names: readonly string[]): Promise<Client> {
  const url = await postgres.createMigrated(`real_${names.join('_').replace(/\W/g, '_')}`)
  const recorded = names.map(readRecordedBlock)
  const numbers = recorded.map(({block}) => Number(block.number))
  const node = await startRecordedNode(recorded)
  const config = writeConfig({
    chains: [
      {
        id: recorded[0]?.chainId,
        rpc: [node.url],
        startBlock: Math.min(...numbers),
        endBlock: Math.max(...numbers),
        contracts: '*',
        finality: 10,
      },
    ],
  })
  const processor = run('main.js', ['--config', config.path], {DB_URL: url})
  const code = await processor.exited
  await node.stop()
  config.remove()
  expect(code, processor.output()).toBe(0)
  const client = new Client({connectionString: url})
  await client.connect()
  return client
}

const count = async (client: Client, sql: string): Promise<number> =>
  Number((await client.query<{n: string}>(`SELECT count(*) AS n FROM ${sql}`)).rows[0]?.n)

describe('real blocks through the whole pipeline [INV-2]', () => {
  test('15537394: 10,023 ERC-721 transfers by log plus an ERC-2309 range of 100 ids', async () => {
    const db = await indexBlocks(['ethereum/15537394'])
    const range = `transfer WHERE (log_index, transaction_hash) IN (SELECT log_index, transaction_hash FROM transfer GROUP BY 1, 2 HAVING count(*) > 1)`
    expect(await count(db, 'transfer JOIN collection c ON c.id = collection_id WHERE c.standard = $$erc721$$')).toBe(10_123)
    expect(await count(db, range)).toBe(100)
    expect((await db.query(`SELECT min(token_id)::text AS min, max(token_id)::text AS max FROM ${range}`)).rows).toEqual([
      {min: '0', max: '99'},
    ])
    expect(await count(db, 'range_transfer')).toBe(0)
    await db.end()
  })

  test('15600000: 75 ERC-721 transfers, every owner the receiver of the last one [INV-3]', async () => {
    const db = await indexBlocks(['ethereum/15600000'])
    expect(await count(db, 'transfer JOIN collection c ON c.id = collection_id WHERE c.standard = $$erc721$$')).toBe(75)
    const wrong = await db.query(`SELECT a.id FROM asset a JOIN transfer t ON t.id = a.last_transfer_id
      WHERE a.standard = 'erc721' AND a.owner IS DISTINCT FROM nullif(t."to", '0x0000000000000000000000000000000000000000')`)
    expect(wrong.rows).toEqual([])
    await db.end()
  })

  test("17173049-50: ethereum-etl's 9 ERC-721 rows and none of its ERC-20 ones", async () => {
    const db = await indexBlocks(['ethereum/17173049', 'ethereum/17173050'])
    const nftLogs = new Set(
      ['ethereum/17173049', 'ethereum/17173050']
        .flatMap((name) => readRecordedBlock(name).receipts.flatMap((r) => r.logs))
        .filter((log) => log.topics.length === 4)
        .map((log) => `${log.transactionHash} ${Number(log.logIndex)}`),
    )
    const file = join(__dirname, '../fixtures/answers/ethereum-etl-token-transfers-17173049-17173050.jsonl.gz')
    // The token id, over 2^53, is the one number of a row: read as text.
    const theirs = gunzipSync(readFileSync(file))
      .toString()
      .trim()
      .split('\n')
      .map((line) => ({...(JSON.parse(line) as Record<string, string>), value: /"value": (\d+)/.exec(line)?.[1]}) as Record<string, string>)
      .filter((row) => nftLogs.has(`${row['transaction_hash']} ${row['log_index']}`))
      .map((row) => [
        row['transaction_hash'],
        Number(row['log_index']),
        row['token_address'],
        row['from_address'],
        row['to_address'],
        row['value'],
      ])
    const ours = await db.query({
      text: `SELECT t.transaction_hash, t.log_index, c.address, t."from", t."to", t.token_id::text FROM transfer t JOIN collection c ON c.id = t.collection_id
             WHERE c.standard = 'erc721' ORDER BY t.id`,
      rowMode: 'array',
    })
    expect(theirs).toHaveLength(9)
    expect(ours.rows).toEqual(theirs)
    await db.end()
  })

  test('optimism 154497277: 13 MetadataUpdates', async () => {
    const db = await indexBlocks(['optimism/154497277'])
    expect(await count(db, `metadata_change WHERE standard = 'erc4906'`)).toBe(13)
    await db.end()
  })

  test('22434160: an ERC-2309 range of ids 1 to 10, and a log without topics that hurts nobody', async () => {
    const db = await indexBlocks(['ethereum/22434160'])
    const range = await db.query(
      `SELECT min(token_id)::text AS min, max(token_id)::text AS max, count(*)::int AS n FROM transfer GROUP BY log_index HAVING count(*) > 1`,
    )
    expect(range.rows).toContainEqual({min: '1', max: '10', n: 10})
    await db.end()
  })
})
