import {once} from 'node:events'
import {request} from 'node:http'
import {type AddressInfo, createServer} from 'node:net'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {type Running, run, writeConfig} from '../support/indexer'
import {startPostgres, type TestPostgres} from '../support/postgres'

let postgres: TestPostgres
let api: Running
let url: string
let port: number
const config = writeConfig({chains: [{id: 1, rpc: ['http://127.0.0.1:1'], contracts: '*'}]})

async function startApi(database: string, env: Readonly<Record<string, string>> = {}): Promise<Running> {
  const started = run('api/main.js', ['--config', config.path], {DB_URL: database, GQL_PORT: '0', ...env})
  for (const deadline = Date.now() + 30_000; Date.now() < deadline; await new Promise((resolve) => setTimeout(resolve, 50)))
    if (/GraphQL on/.test(started.output()) || started.child.exitCode !== null) break
  return started
}

const addressOf = (started: Running): string => `http://${/GraphQL on (\S+)\/graphql/.exec(started.output())?.[1]}`

beforeAll(async () => {
  postgres = await startPostgres()
  const database = await postgres.createMigrated('http')
  api = await startApi(database)
  url = addressOf(api)
  port = Number(new URL(url).port)
})
afterAll(async () => {
  await api.kill('SIGKILL')
  await postgres.stop()
  config.remove()
})

const post = (body: string, headers: Readonly<Record<string, string>> = {}) =>
  fetch(`${url}/graphql`, {method: 'POST', headers: {'content-type': 'application/json', ...headers}, body})

describe('beside GraphQL', () => {
  test('/health, /ready and /metrics', async () => {
    expect((await fetch(`${url}/health`)).status).toBe(200)
    expect(await (await fetch(`${url}/ready`)).json()).toEqual({ready: true, reason: null})
    await post('{"query":"{ status { chains { chainId } } }"}')
    expect(await (await fetch(`${url}/metrics`)).text()).toMatch(/api_request_seconds_count\{status="200"\} [1-9]/)
  })

  test('an explorer that needs nothing from elsewhere', async () => {
    const html = await (await fetch(`${url}/graphql`, {headers: {accept: 'text/html'}})).text()
    expect(html).toContain('Provenance Indexer')
    expect(html).not.toMatch(/<(script|link|img)[^>]+(src|href)="https?:/)
  })

  test('it listens on loopback only', () => expect(new URL(url).hostname).toBe('127.0.0.1'))
})

describe('bodies [INV-8]', () => {
  const TOO_LARGE = JSON.stringify({query: `{ status { chains { chainId } } } #${' '.repeat(300_000)}`})

  test('one that says it is too large is refused before it is read', async () => {
    const response = await post(TOO_LARGE)
    expect(response.status).toBe(413)
    expect(await response.json()).toMatchObject({errors: [{extensions: {code: 'LIMIT_EXCEEDED', limit: 262_144}}]})
  })

  test('one that never says how large it is ends where the limit is', async () => {
    const sent = request({
      port,
      host: '127.0.0.1',
      path: '/graphql',
      method: 'POST',
      headers: {'content-type': 'application/json', 'transfer-encoding': 'chunked'},
    })
    const outcome = new Promise<number | string>((resolve) => {
      sent.on('response', (response) => resolve(response.statusCode ?? 0))
      sent.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'error'))
    })
    for (let i = 0; i < 60; i++) sent.write(' '.repeat(10_000))
    sent.end()
    expect([413, 'ECONNRESET', 'EPIPE']).toContain(await outcome)
    expect((await post('{"query":"{ status { chains { chainId } } }"}')).status).toBe(200)
  })

  test.each([
    ['no JSON', 'this is none'],
    ['no query', '{}'],
    ['a list of queries', '[{"query":"{ status { chains { chainId } } }"}]'],
  ])('%s is answered with an error, and the next one is served', async (_, body) => {
    expect(await (await post(body)).json()).toMatchObject({errors: [{message: expect.any(String)}]})
    expect((await fetch(`${url}/health`)).status).toBe(200)
  })
})

describe('what the operator has to mend', () => {
  test('a taken port is told, and nothing is left running', async () => {
    const squatter = createServer().listen(0, '127.0.0.1')
    await once(squatter, 'listening')
    const taken = String((squatter.address() as AddressInfo).port)
    const second = await startApi(postgres.url, {GQL_PORT: taken})
    expect(await second.exited).toBe(1)
    expect(second.output()).toContain(`port ${taken} on 127.0.0.1 is taken`)
    squatter.close()
  })

  test('a database without tables is not ready, and says what to do', async () => {
    const early = await startApi(await postgres.createDatabase('empty'))
    const response = await fetch(`${addressOf(early)}/ready`)
    expect(response.status).toBe(503)
    expect(await response.json()).toMatchObject({ready: false, reason: expect.stringContaining('run the migrations')})
    await early.kill('SIGKILL')
  })

  test('without a database it ends with 2 and names the variables', async () => {
    const lost = run('api/main.js', ['--config', config.path], {})
    expect(await lost.exited).toBe(2)
    expect(lost.output()).toContain('DB_URL')
  })

  test('SIGTERM finishes what is under way and ends with 0', async () => {
    const database = await postgres.createMigrated('drain')
    const draining = await startApi(database)
    expect(await draining.kill('SIGTERM')).toBe(0)
  })
})
