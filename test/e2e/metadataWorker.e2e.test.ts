import {type ChildProcess, spawn} from 'node:child_process'
import {once} from 'node:events'
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join, resolve} from 'node:path'
import {Pool} from 'pg'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {stringify} from 'yaml'
import {askOf, handlerOver} from '../support/apiUnderTest'
import {abiText, startContractNode, tokenIdOf} from '../support/contractNode'
import {type Conduct, startDocumentGateway} from '../support/documentGateway'
import {CHAIN} from '../support/filledDatabase'
import {carOfFile} from '../support/ipfsFile'
import {createMetadataChain} from '../support/metadataChain'
import {until} from '../support/metadataWorker'
import {startPostgres, type TestPostgres} from '../support/postgres'

const WORKER = resolve(__dirname, '../../lib/metadata/main.js')
const TOKENS = 240
const SLOW_MS = 150

let postgres: TestPostgres
const dir = mkdtempSync(join(tmpdir(), 'indexer-metadata-'))
const closing: (() => Promise<unknown>)[] = []
const running = new Set<ChildProcess>()

beforeAll(async () => {
  postgres = await startPostgres()
})
afterAll(async () => {
  for (const child of running) child.kill('SIGKILL')
  for (const close of closing.reverse()) await close()
  await postgres.stop()
  rmSync(dir, {recursive: true, force: true})
})

/** A chain of its own with `tokens` tokens, whose URIs these are, and the means to start workers for it. */
async function prepare(name: string, tokens: number, uriOf: (tokenId: number) => string, metadata: object) {
  const url = await postgres.createMigrated(name)
  const pool = new Pool({connectionString: url, max: 4})
  closing.push(() => pool.end())
  const chain = await createMetadataChain(pool)
  const node = await startContractNode((asked) => (asked.data.length > 10 ? abiText(uriOf(Number(tokenIdOf(asked)))) : 'revert'))
  closing.push(node.stop)
  await chain.mineBlock(1)
  await chain.addCollection(tokens)
  const config = join(dir, `${name}.yaml`)
  writeFileSync(config, stringify({chains: [{id: CHAIN, rpc: [node.url], contracts: '*'}], metadata}))
  const startWorker = (): ChildProcess => {
    const child = spawn('node', [WORKER, '--config', config], {env: {...process.env, DB_URL: url, LOG_LEVEL: 'error'}, stdio: 'ignore'})
    running.add(child)
    child.once('exit', () => running.delete(child))
    return child
  }
  return {pool, startWorker}
}

test('kill -9 at any time loses no work, and stores nothing twice', async () => {
  const served = new Map<string, number>()
  const web = await startDocumentGateway((path, response) => {
    served.set(path, (served.get(path) ?? 0) + 1)
    setTimeout(() => response.writeHead(200, {'content-type': 'application/json'}).end(JSON.stringify({name: path})), SLOW_MS)
    return true
  })
  closing.push(web.stop)
  const settings = {allowPrivateAddresses: true, concurrency: 16, perHost: 16, backgroundPerSecond: 1000}
  const {pool, startWorker} = await prepare('killed', TOKENS, (tokenId) => `${web.url}/${tokenId}.json`, settings)
  const countOf = async (sql: string): Promise<number> => Number((await pool.query(sql)).rows[0].count)
  const countRead = () => countOf('SELECT count(*) FROM metadata_subject WHERE read_at IS NOT NULL')
  /** Leases run out after two minutes; here they run out now. */
  const endLeases = () => pool.query('UPDATE metadata_subject SET due_at = now() WHERE leased_until IS NOT NULL AND priority IS NOT NULL')
  let kills = 0
  for (const share of [0.1, 0.4, 0.7]) {
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

test('[INV-8] of gateways that lie, lie at times, stall, cut and break off each is named in metadataHealth, and none changes what is stored', async () => {
  const conducts = {lies: 'dishonest_gateway', stalls: 'aborted', cuts: 'truncated', 'breaks-off': 'truncated'} as const
  const named: readonly (readonly [Conduct, string | null])[] = [
    ...(Object.entries(conducts) as [Conduct, string][]),
    ['sometimes-lies', 'dishonest_gateway'],
    ['honest', null],
  ]
  const gateways = await Promise.all(named.map(() => startDocumentGateway()))
  for (const [i, gateway] of gateways.entries()) {
    closing.push(gateway.stop)
    gateway.behave(named[i]?.[0] ?? 'honest')
  }
  const cars = await Promise.all(Array.from({length: 24}, (_, i) => carOfFile(Buffer.from(JSON.stringify({name: `Work ${i + 1}`})))))
  for (const gateway of gateways) for (const {cid, car} of cars) gateway.serve(cid, {car})
  const settings = {ipfsGateways: gateways.map(({url}) => url), concurrency: 24, backgroundPerSecond: 1000}
  const {pool, startWorker} = await prepare('gateways', cars.length, (tokenId) => `ipfs://${cars[tokenId - 1]?.cid}`, settings)
  startWorker()
  const api = handlerOver(pool)
  const query = '{ assets(first: 50) { nodes { tokenId metadata { name verdict } metadataHealth { attempts { gateway failure } } } } }'
  const found = await until(
    async () => ((await askOf(api, query)).data as unknown as Readonly<{assets: Readonly<{nodes: readonly Read[]}>}>).assets.nodes,
    (reads) => reads.every(({metadata}) => metadata !== null),
  )
  expect(found.map(({tokenId, metadata}) => [tokenId, metadata]).sort(([a], [b]) => Number(a) - Number(b))).toEqual(
    cars.map((_, i) => [String(i + 1), {name: `Work ${i + 1}`, verdict: 'VERIFIED'}]),
  )
  const told = new Set(found.flatMap(({metadataHealth}) => metadataHealth.attempts.map(({gateway, failure}) => `${gateway} ${failure}`)))
  expect(named.filter(([, kind], i) => !told.has(`${gateways[i]?.url} ${kind}`))).toEqual([])
})

type Read = Readonly<{
  tokenId: string
  metadata: Readonly<{name: string; verdict: string}> | null
  metadataHealth: Readonly<{attempts: readonly Readonly<{gateway: string; failure: string | null}>[]}>
}>
