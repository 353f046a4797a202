import {type ChildProcess, spawn} from 'node:child_process'
import {once} from 'node:events'
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join, resolve} from 'node:path'
import {Pool} from 'pg'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {stringify} from 'yaml'
import {migrate} from '../../src/store/migrate'
import {abiText, type ContractNode, startContractNode, tokenIdOf} from '../support/contractNode'
import {type DocumentGateway, startDocumentGateway} from '../support/documentGateway'
import {CHAIN} from '../support/filledDatabase'
import {createMetadataChain} from '../support/metadataChain'
import {until} from '../support/metadataWorker'
import {startPostgres, type TestPostgres} from '../support/postgres'

const WORKER = resolve(__dirname, '../../lib/metadata/main.js')
const TOKENS = 400
const SLOW_MS = 150

let postgres: TestPostgres
let url: string
let pool: Pool
let node: ContractNode
let web: DocumentGateway
const dir = mkdtempSync(join(tmpdir(), 'indexer-metadata-'))
const served = new Map<string, number>()
const running = new Set<ChildProcess>()

beforeAll(async () => {
  postgres = await startPostgres()
  url = await postgres.createDatabase('killed')
  await migrate(url)
  pool = new Pool({connectionString: url, max: 4})
  const chain = await createMetadataChain(pool)
  web = await startDocumentGateway((path, response) => {
    served.set(path, (served.get(path) ?? 0) + 1)
    setTimeout(() => response.writeHead(200, {'content-type': 'application/json'}).end(JSON.stringify({name: path})), SLOW_MS)
    return true
  })
  node = await startContractNode((asked) => (asked.data.length > 10 ? abiText(`${web.url}/${tokenIdOf(asked)}.json`) : 'revert'))
  await chain.mineBlock(1)
  await chain.addCollection(TOKENS)
  writeFileSync(
    join(dir, 'indexer.yaml'),
    stringify({
      chains: [{id: CHAIN, rpc: [node.url], contracts: '*'}],
      metadata: {allowPrivateAddresses: true, concurrency: 16, perHost: 16, backgroundPerSecond: 1000},
    }),
  )
})
afterAll(async () => {
  for (const child of running) child.kill('SIGKILL')
  await web.stop()
  await node.stop()
  await pool.end()
  await postgres.stop()
  rmSync(dir, {recursive: true, force: true})
})

function startWorker(): ChildProcess {
  const child = spawn('node', [WORKER, '--config', join(dir, 'indexer.yaml')], {
    env: {...process.env, DB_URL: url, LOG_LEVEL: 'error'},
    stdio: 'ignore',
  })
  running.add(child)
  child.once('exit', () => running.delete(child))
  return child
}
const countOf = async (sql: string): Promise<number> => Number((await pool.query(sql)).rows[0].count)
const countRead = () => countOf('SELECT count(*) FROM metadata_subject WHERE read_at IS NOT NULL')
/** Leases run out after two minutes; here they run out now. */
const endLeases = () => pool.query('UPDATE metadata_subject SET due_at = now() WHERE leased_until IS NOT NULL AND priority IS NOT NULL')

test('kill -9 at any time loses no work, and stores nothing twice', async () => {
  let kills = 0
  for (const share of [0.05, 0.3, 0.6, 0.8]) {
    const [first, second] = [startWorker(), startWorker()]
    await until(countRead, (n) => n >= TOKENS * share, 60_000)
    first.kill('SIGKILL')
    second.kill('SIGKILL')
    kills += 2
    await Promise.all([first, second].map((child) => child.exitCode ?? child.signalCode ?? once(child, 'exit')))
    await endLeases()
  }
  const last = startWorker()
  await until(countRead, (n) => n === TOKENS, 60_000)
  last.kill('SIGTERM')
  await once(last, 'exit')
  expect(await countOf('SELECT count(*) FROM metadata_version')).toBe(TOKENS)
  expect(await countOf('SELECT count(*) FROM (SELECT DISTINCT subject_id FROM metadata_version) v')).toBe(TOKENS)
  expect(await countOf('SELECT count(*) FROM metadata_subject WHERE priority IS NOT NULL AND token_id IS NOT NULL')).toBe(0)
  // Only what was under way when a worker was killed was asked for again.
  const again = [...served.values()].reduce((sum, times) => sum + times, 0) - TOKENS
  expect(again).toBeLessThanOrEqual(kills * 20)
})
