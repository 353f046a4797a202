import {createHash} from 'node:crypto'
import {writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {pino} from 'pino'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {createKey, findKey, listKeys, revokeKey} from '../../src/access/keyStore'
import {createAdmission} from '../../src/api/admission/createAdmission'
import {createApi} from '../../src/api/createApi'
import {type ApiServer, startApiServer} from '../../src/api/httpServer'
import {readPersistedOperations} from '../../src/api/persistedOperations'
import {handlerOver, startApiUnderTest} from '../support/apiUnderTest'
import {CHAIN} from '../support/filledDatabase'

let app: Awaited<ReturnType<typeof startApiUnderTest>>
let server: ApiServer
beforeAll(async () => {
  app = await startApiUnderTest()
  server = await startApiServer({api: handlerOver(app.pool), pool: app.pool, host: '127.0.0.1', port: 0})
})
afterAll(async () => {
  await server.close()
  await app.stop()
})

const ask = async (headers: Readonly<Record<string, string>>) => {
  const response = await fetch(`http://127.0.0.1:${server.port}/graphql?query={__typename}`, {headers})
  return {status: response.status, body: (await response.json()) as {errors?: {extensions: {code: string}}[]}}
}

describe('API keys', () => {
  test('are shown once, stored as a hash, and read back with their scopes', async () => {
    const text = await createKey(app.pool, {name: 'a', scopes: ['read', 'export'], expiresAt: null})
    expect(await findKey(app.pool, text)).toMatchObject({name: 'a', scopes: ['read', 'export']})
    const {rows} = await app.pool.query<{stored: string}>(`SELECT api_key::text || encode(secret_hash, 'escape') AS stored FROM api_key`)
    const secret = text.slice(text.indexOf('_', 4) + 1)
    for (const {stored} of rows) expect(stored).not.toContain(secret)
  })

  test('stop working when revoked or expired, and never work changed', async () => {
    const text = await createKey(app.pool, {name: 'b', scopes: ['read'], expiresAt: null})
    const old = await createKey(app.pool, {name: 'c', scopes: ['read'], expiresAt: new Date(0)})
    const key = await findKey(app.pool, text)
    expect(await findKey(app.pool, old)).toBeNull()
    expect(await findKey(app.pool, `${text.slice(0, -1)}${text.endsWith('A') ? 'B' : 'A'}`)).toBeNull()
    expect(await revokeKey(app.pool, key?.id ?? '')).toBe(true)
    expect(await revokeKey(app.pool, key?.id ?? '')).toBe(false)
    expect(await findKey(app.pool, text)).toBeNull()
    expect((await listKeys(app.pool)).find(({id}) => id === key?.id)?.revokedAt).toBeInstanceOf(Date)
  })

  test('a request with a key that does not work is refused, one without any is answered', async () => {
    const text = await createKey(app.pool, {name: 'd', scopes: ['read'], expiresAt: null})
    expect((await ask({authorization: `Bearer ${text}`})).status).toBe(200)
    expect((await ask({'x-api-key': text})).status).toBe(200)
    expect((await ask({})).status).toBe(200)
    const refused = await ask({authorization: `Bearer pik_${'0'.repeat(16)}_${'a'.repeat(43)}`})
    expect([refused.status, refused.body.errors?.[0]?.extensions.code]).toEqual([401, 'UNAUTHENTICATED'])
  })
})

describe('clients that ask too much [INV-8]', () => {
  const limits = {requestsPerMinute: 30, keyRequestsPerMinute: 60, concurrentRequests: 3, trustedProxies: ['127.0.0.1', '::1']}
  let limited: ApiServer
  let feed: ReturnType<typeof handlerOver>['feed']
  beforeAll(async () => {
    const admission = createAdmission({pool: app.pool, limits})
    const api = handlerOver(app.pool, {subscriptionsPerClient: 3})
    feed = api.feed
    limited = await startApiServer({api, admission, pool: app.pool, host: '127.0.0.1', port: 0})
  })
  afterAll(() => limited.close())
  const askFrom = (address: string, headers: Readonly<Record<string, string>> = {}, query = '{__typename}') =>
    fetch(`http://127.0.0.1:${limited.port}/graphql?query=${encodeURIComponent(query)}`, {
      headers: {'x-forwarded-for': address, ...headers},
    })

  test('are refused by address, told when to come again, and stop nobody else', async () => {
    for (let i = 0; i < 5; i++) expect((await askFrom('203.0.113.1')).status).toBe(200)
    const refused = await askFrom('203.0.113.1')
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '2'])
    expect(await refused.json()).toMatchObject({errors: [{extensions: {code: 'RATE_LIMITED', limit: 30}}]})
    expect((await askFrom('203.0.113.2')).status).toBe(200)
    expect((await fetch(`http://127.0.0.1:${limited.port}/health`)).status).toBe(200)
  })

  test('are counted by their key where they have one, wherever they ask from', async () => {
    const key = await createKey(app.pool, {name: 'e', scopes: ['read'], expiresAt: null})
    for (let i = 0; i < 10; i++) expect((await askFrom(`198.51.100.${i}`, {'x-api-key': key})).status).toBe(200)
    expect((await askFrom('198.51.100.99', {'x-api-key': key})).status).toBe(429)
  })

  test('pay for keys that they guess', async () => {
    const guess = () => askFrom('203.0.113.3', {'x-api-key': `pik_${'0'.repeat(16)}_${'b'.repeat(43)}`})
    expect((await Promise.all(Array.from({length: 6}, guess))).map(({status}) => status).sort()).toEqual([401, 401, 401, 401, 401, 429])
  })

  test('have only so many requests under way', async () => {
    const locker = await app.pool.connect()
    await locker.query('BEGIN; LOCK TABLE transfer IN ACCESS EXCLUSIVE MODE')
    const waiting = Array.from({length: 4}, () => askFrom('203.0.113.4', {}, '{ transfers(first: 1) { nodes { id } } }'))
    const first = await Promise.race(waiting).finally(() => locker.query('ROLLBACK').then(() => locker.release()))
    expect(first.status).toBe(429)
    expect((await Promise.all(waiting)).map(({status}) => status).sort()).toEqual([200, 200, 200, 429])
    expect((await askFrom('203.0.113.4')).status).toBe(200)
  })

  test('are done with a request that they gave up while their key was looked up', async () => {
    const admission = createAdmission({pool: app.pool, limits: {...limits, concurrentRequests: 1}})
    const server = await startApiServer({api: handlerOver(app.pool), admission, pool: app.pool, host: '127.0.0.1', port: 0})
    const key = await createKey(app.pool, {name: 'gone', scopes: ['read'], expiresAt: null})
    const askOnce = (init: RequestInit) =>
      fetch(`http://127.0.0.1:${server.port}/graphql?query={__typename}`, {headers: {'x-api-key': key}, ...init})
    const waiting = `SELECT FROM pg_locks JOIN pg_database d ON d.oid = database WHERE datname = current_database() AND NOT granted`
    const locker = await app.pool.connect()
    await locker.query('BEGIN; LOCK TABLE api_key IN ACCESS EXCLUSIVE MODE')
    const gone = new AbortController()
    const asked = askOnce({signal: gone.signal}).catch(() => 'gone')
    await expect.poll(async () => (await locker.query(waiting)).rowCount, {timeout: 10_000}).toBe(1)
    gone.abort()
    expect(await asked).toBe('gone')
    const ended = async () => (await fetch(`http://127.0.0.1:${server.port}/metrics`)).text()
    await expect.poll(ended, {timeout: 10_000}).toMatch(/api_request_seconds_count\S* 1/)
    await locker.query('ROLLBACK')
    locker.release()
    // The look-up has yet to end, for both.
    await expect.poll(async () => (await askOnce({})).status, {interval: 200, timeout: 5_000}).toBe(200)
    await server.close()
  })

  test('may follow the feed over SSE beside them, within the limit of subscriptions', async () => {
    const subscription = new AbortController()
    const follow = async () => {
      const query = encodeURIComponent('subscription { changes { cursor } }')
      const response = await fetch(`http://127.0.0.1:${limited.port}/graphql?query=${query}`, {
        headers: {'x-forwarded-for': '203.0.113.5', accept: 'text/event-stream'},
        signal: subscription.signal,
      })
      return {status: response.status, body: response.body}
    }
    for (let i = 0; i < 3; i++) expect((await follow()).status).toBe(200)
    expect((await askFrom('203.0.113.5')).status).toBe(200)
    await expect.poll(() => feed.stats().subscribers).toBe(3)
    const {body} = await follow()
    expect(await new Response(body).text()).toContain('3 subscriptions of yours are open; at most 3')
    subscription.abort()
    await expect.poll(() => feed.stats().subscribers).toBe(0)
  })
})

describe('persisted operations', () => {
  const text = 'query Chains { status { chains { chainId } } }'
  const hash = createHash('sha256').update(text).digest('hex')
  const file = join(tmpdir(), `persisted-${process.pid}.json`)
  const apiWith = (persistedOnly: boolean) => {
    writeFileSync(file, JSON.stringify({[`sha256:${hash}`]: text}))
    const persisted = readPersistedOperations(file)
    return createApi({
      pool: app.pool,
      chainIds: [CHAIN],
      cors: [],
      introspection: true,
      persisted,
      persistedOnly,
      logger: pino({level: 'silent'}),
    })
  }
  const post = async (persistedOnly: boolean, body: object) => {
    const response = await apiWith(persistedOnly).fetch('http://localhost/graphql', {
      method: 'POST',
      headers: {'content-type': 'application/json'},
      body: JSON.stringify(body),
    })
    return (await response.json()) as {data?: unknown; errors?: {extensions: {code: string}}[]}
  }
  const byHash = {extensions: {persistedQuery: {version: 1, sha256Hash: hash}}}

  test.each([
    ['documentId', {documentId: `sha256:${hash}`}],
    ['the extension of Apollo', byHash],
  ])('are answered by %s', async (_, body) => {
    expect((await post(true, body)).data).toEqual({status: {chains: [{chainId: `eip155:${CHAIN}`}]}})
  })

  test('that nobody persisted are told so, and so is free text where only those are answered', async () => {
    const unknown = await post(false, {documentId: '0'.repeat(64)})
    expect(unknown.errors?.[0]?.extensions.code).toBe('PERSISTED_QUERY_NOT_FOUND')
    expect((await post(true, {query: '{ __typename }'})).errors?.[0]?.extensions.code).toBe('FORBIDDEN')
    expect((await post(false, {query: '{ __typename }'})).errors).toBeUndefined()
    expect((await post(true, {query: '{ __typename }', ...byHash})).data).toHaveProperty('status')
  })

  test('are a problem of the configuration when a hash is not that of its text', () => {
    writeFileSync(file, JSON.stringify({['0'.repeat(64)]: text}))
    expect(() => readPersistedOperations(file)).toThrow(/cannot be used[\s\S]*not the SHA-256/)
    expect(() => readPersistedOperations(`${file}.missing`)).toThrow(/cannot be read/)
  })
})
