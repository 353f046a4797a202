import {connect} from 'node:net'
import {type Client, createClient} from 'graphql-ws'
import {afterAll, afterEach, beforeAll, expect, test} from 'vitest'
import {WebSocket} from 'ws'
import {createAddressOf} from '../../src/api/admission/clientAddress'
import {type ApiServer, startApiServer} from '../../src/api/httpServer'
import {handlerOver, startApiUnderTest} from '../support/apiUnderTest'

let app: Awaited<ReturnType<typeof startApiUnderTest>>
let server: ApiServer
let client: Client
let underWay = 0
const refused: {error: Error | null} = {error: null}
beforeAll(async () => {
  app = await startApiUnderTest()
  server = await startApiServer({
    api: handlerOver(app.pool),
    pool: app.pool,
    admission: async () => {
      if (refused.error) throw refused.error
      underWay += 1
      return {client: {key: null, address: '203.0.113.9'}, leave: () => void (underWay -= 1)}
    },
    addressOf: createAddressOf(['127.0.0.1']),
    limits: {subscriptions: null, subscriptionsPerClient: 1},
    host: '127.0.0.1',
    port: 0,
  })
})
afterEach(() => client?.dispose())
afterAll(async () => {
  await server.close()
  await app.stop()
})

/** What the server says to bytes that no client would send. */
const say = (bytes: string): Promise<string> =>
  new Promise((resolve) => {
    let said = ''
    const socket = connect(server.port, '127.0.0.1', () => socket.write(bytes))
    socket.on('data', (chunk) => (said += chunk)).on('close', () => resolve(said))
  })
const open = (address: string): Promise<number> =>
  new Promise((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}/graphql`, 'graphql-transport-ws', {headers: {'x-forwarded-for': address}})
    socket.on('open', () => resolve(101)).on('error', () => {})
    socket.on('unexpected-response', (_, response) => resolve(response.statusCode ?? 0))
  })
const ask = (query: string) => {
  client = createClient({url: `ws://127.0.0.1:${server.port}/graphql`, webSocketImpl: WebSocket, retryAttempts: 0})
  return client.iterate({query}).next()
}

test.each(['//', '//:80/', 'http://x:99999/', '/elsewhere'])('an upgrade of %s is refused, and the server goes on', async (target) => {
  const upgrade = `GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`
  expect(await say(upgrade)).toMatch(/^HTTP\/1\.1 404 /)
  expect((await fetch(`http://127.0.0.1:${server.port}/health`)).status).toBe(200)
})

test('a host that is none is refused, with nothing of the inside', async () => {
  const answer = await say('GET /graphql HTTP/1.1\r\nHost: [\r\nConnection: close\r\n\r\n')
  expect(answer).toMatch(/^HTTP\/1\.1 400 /)
  expect(answer).not.toMatch(/node_modules|\.js:/)
})

test('a query over a socket is under way until its answer is there, and not after it', async () => {
  const locker = await app.pool.connect()
  await locker.query('BEGIN; LOCK TABLE asset IN ACCESS EXCLUSIVE MODE')
  const answer = ask('{ assets(first: 1) { nodes { id } } }')
  await expect.poll(() => app.pool.totalCount - app.pool.idleCount).toBeGreaterThan(1)
  expect(underWay).toBe(1)
  await locker.query('ROLLBACK')
  locker.release()
  expect((await answer).value).toMatchObject({data: {assets: {nodes: [{}]}}})
  await expect.poll(() => underWay).toBe(0)
})

test('what is refused before it is executed is not under way', async () => {
  await ask('{ nothing }').catch(() => {})
  await ask('query a { __typename } query b { __typename }').catch(() => {})
  expect(underWay).toBe(0)
})

test('behind a proxy that is trusted each client has its own sockets', async () => {
  expect([await open('198.51.100.1'), await open('198.51.100.2'), await open('198.51.100.1')]).toEqual([101, 101, 429])
})

test('a failure inside fails the one operation, without a word of what failed, and the others of the socket go on', async () => {
  const locker = await app.pool.connect()
  await locker.query('BEGIN; LOCK TABLE asset IN ACCESS EXCLUSIVE MODE')
  const before = ask('{ assets(first: 1) { nodes { id } } }')
  await expect.poll(() => app.pool.totalCount - app.pool.idleCount).toBeGreaterThan(1)
  refused.error = new Error('connect ECONNREFUSED 127.0.0.1:5432')
  const failure = await client
    .iterate({query: '{ __typename }'})
    .next()
    .catch((errors: unknown) => errors)
  refused.error = null
  await locker.query('ROLLBACK')
  locker.release()
  expect(failure).toEqual([{message: 'Unexpected error.', extensions: {code: 'INTERNAL_SERVER_ERROR'}}])
  expect((await before).value).toMatchObject({data: {assets: {nodes: [{}]}}})
})

test.each([
  ['a query', '{ assets(first: 500) { nodes { transfers(first: 500) { nodes { id } } } } }'],
  [
    'a subscription',
    'subscription { changes { assets { transfers(first: 500) { nodes { asset { transfers(first: 500) { nodes { id } } } } } } } }',
  ],
])('%s that may cost too much is refused with its figures, not by the end of the socket', async (_, query) => {
  expect((await ask(query)).value).toMatchObject({errors: [{extensions: {code: 'LIMIT_EXCEEDED', limit: 50_000}}]})
  expect(underWay).toBe(0)
})
