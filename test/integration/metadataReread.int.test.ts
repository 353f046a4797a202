import {Pool} from 'pg'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {abiText, type ContractNode, startContractNode} from '../support/contractNode'
import {collectionKey, createMetadataChain, type MetadataChain, tokenKey} from '../support/metadataChain'
import {startMetadataWorker, until} from '../support/metadataWorker'
import {startPostgres, type TestPostgres} from '../support/postgres'

let postgres: TestPostgres
let pool: Pool
let chain: MetadataChain
let node: ContractNode
let worker: ReturnType<typeof startMetadataWorker>
let version = 'first'

/** On a chain without Multicall3, where each contract is asked by itself. */
beforeAll(async () => {
  postgres = await startPostgres()
  const url = await postgres.createMigrated('reread')
  pool = new Pool({connectionString: url, max: 4})
  chain = await createMetadataChain(pool)
  await chain.mineBlock(1)
  await chain.addCollection(2)
  node = await startContractNode(() => abiText(`data:application/json,${JSON.stringify({name: version})}`), {hasMulticall: false})
  worker = startMetadataWorker({url, nodeUrl: node.url, rereadHours: 1})
})
afterAll(async () => {
  await worker.stop()
  await node.stop()
  await pool.end()
  await postgres.stop()
})

const names = async (id: string) =>
  (
    await pool.query<{name: string}>(
      `SELECT d.view->'name'->>'value' AS name FROM metadata_version v JOIN metadata_document d ON d.hash = v.document_hash
       WHERE v.subject_id = $1 ORDER BY v.id`,
      [id],
    )
  ).rows.map(({name}) => name)
const untilNamed = (id: string, expected: readonly string[]) =>
  until(
    () => names(id),
    (list) => list.join() === expected.join(),
  )

test('what nobody speaks of is left alone until its time has come, and then read again', async () => {
  for (const id of [tokenKey(1), tokenKey(2), collectionKey()]) await untilNamed(id, ['first'])
  version = 'second'
  // As if two hours had gone by, of one token.
  await pool.query(`UPDATE metadata_subject SET tried_at = tried_at - interval '2 hours' WHERE id = $1`, [tokenKey(1)])
  await pool.query('UPDATE metadata_collection SET sweep_at = now()')
  await untilNamed(tokenKey(1), ['first', 'second'])
  expect(await names(tokenKey(2))).toEqual(['first'])
})

test('a contract that says that its own metadata changed is asked for that, and its tokens are left alone', async () => {
  await chain.changeContract(2)
  await chain.mineBlock(2)
  await untilNamed(collectionKey(), ['first', 'second'])
  expect(await names(tokenKey(2))).toEqual(['first'])
})

test('what is told of one token again and again does not keep the others from being read when their time has come', async () => {
  await pool.query(`UPDATE metadata_subject SET tried_at = tried_at - interval '2 hours'`)
  await pool.query(`UPDATE metadata_collection SET swept_at = swept_at - interval '2 hours', sweep_at = now() + interval '1 hour'`)
  await chain.change(3, {from: 1, to: 1})
  await chain.mineBlock(3)
  await untilNamed(tokenKey(2), ['first', 'second'])
})
