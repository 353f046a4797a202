import {connect} from 'node:net'
import {pino} from 'pino'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {createApi} from '../../src/api/createApi'
import {type ApiServer, startApiServer} from '../../src/api/httpServer'
import {LIMITS} from '../../src/api/limits'
import {handlerOver, startApiUnderTest} from '../support/apiUnderTest'
import {CHAIN} from '../support/filledDatabase'

let app: Awaited<ReturnType<typeof startApiUnderTest>>
let server: ApiServer
let base: string
beforeAll(async () => {
  app = await startApiUnderTest()
  server = await startApiServer({api: handlerOver(app.pool), pool: app.pool, host: '127.0.0.1', port: 0})
  base = `http://127.0.0.1:${server.port}`
})
afterAll(async () => {
  await server.close()
  await app.stop()
})

const post = (body: BodyInit, init: RequestInit = {}) =>
  fetch(`${base}/graphql`, {method: 'POST', headers: {'content-type': 'application/json'}, body, ...init})
const query = (text: string) => post(JSON.stringify({query: text}))
const isAlive = async () => expect((await (await query('{ status { chains { chainId } } }')).json()).errors).toBeUndefined()
const idle = () => expect.poll(() => app.pool.totalCount - app.pool.idleCount, {timeout: 5_000}).toBe(0)

describe('the server', () => {
  test('is alive, ready, and measures', async () => {
    expect(await (await fetch(`${base}/health`)).json()).toEqual({status: 'alive'})
    const ready = await fetch(`${base}/ready`)
    expect([ready.status, await ready.json()]).toEqual([200, expect.objectContaining({ready: true})])
    await isAlive()
    expect(await (await fetch(`${base}/metrics`)).text()).toMatch(/api_request_seconds_count\{status="200"\} [1-9]/)
  })

  test('is not ready without tables, and says what to do', async () => {
    await app.pool.query('ALTER TABLE asset RENAME TO asset_hidden')
    const ready = await fetch(`${base}/ready`)
    await app.pool.query('ALTER TABLE asset_hidden RENAME TO asset')
    expect([ready.status, await ready.json()]).toEqual([
      503,
      expect.objectContaining({reason: expect.stringContaining('run the migrations')}),
    ])
    expect((await fetch(`${base}/ready`)).status).toBe(200)
  })

  test('a taken port is a clear error', async () => {
    const again = startApiServer({api: handlerOver(app.pool), pool: app.pool, host: '127.0.0.1', port: server.port})
    await expect(again).rejects.toMatchObject({
      code: 'E_PORT_TAKEN',
      message: `port ${server.port} on 127.0.0.1 is taken by another process`,
    })
  })

  test('shows GraphiQL without anything from elsewhere', async () => {
    const page = await fetch(`${base}/graphql`, {headers: {accept: 'text/html'}})
    const html = await page.text()
    expect(page.status).toBe(200)
    expect(html).toContain('Provenance Indexer')
    expect([...html.matchAll(/<(?:script|link|img)[^>]+(?:src|href)="?(?:https?:)?\/\/[^"> ]+/g)].map(([tag]) => tag)).toEqual([])
  })

  test('tells no stranger its schema where introspection is off', async () => {
    const api = createApi({pool: app.pool, chainIds: [CHAIN], cors: [], introspection: false, logger: pino({level: 'silent'})})
    const closed = await startApiServer({api, pool: app.pool, host: '127.0.0.1', port: 0})
    const ask = async (text: string) =>
      (await (await fetch(`http://127.0.0.1:${closed.port}/graphql?query=${encodeURIComponent(text)}`)).json()) as {errors?: unknown[]}
    expect((await ask('{ __schema { types { name } } }')).errors?.length).toBeGreaterThan(0)
    expect((await ask('{ status { chains { chainId } } }')).errors).toBeUndefined()
    await closed.close()
  })

  test('sends cross-origin headers to the origins of the config only', async () => {
    const api = createApi({
      pool: app.pool,
      chainIds: [CHAIN],
      cors: ['https://app.example'],
      introspection: true,
      logger: pino({level: 'silent'}),
    })
    const allowing = async (origin: string) =>
      (await api.fetch('http://localhost/graphql?query=%7B__typename%7D', {headers: {origin}})).headers.get('access-control-allow-origin')
    expect(await allowing('https://app.example')).toBe('https://app.example')
    expect(await allowing('https://evil.example')).not.toBe('https://evil.example')
    expect((await post('{}', {headers: {origin: 'https://evil.example'}})).headers.get('access-control-allow-origin')).toBeNull()
  })
})

describe('what clients do to it [INV-8]', () => {
  test('a body that says it is too large is refused before it is read', async () => {
    const response = await post(JSON.stringify({query: `{ status { chains { chainId } } } # ${'x'.repeat(LIMITS.bodyBytes)}`}))
    expect(response.status).toBe(413)
    expect(await response.json()).toMatchObject({
      errors: [{extensions: {code: 'LIMIT_EXCEEDED', limit: LIMITS.bodyBytes, asked: expect.any(Number)}}],
    })
    await isAlive()
  })

  test('a body of 10 MB that does not say how long it is, is cut off', async () => {
    const chunk = new Uint8Array(64 * 1024).fill(32)
    let sent = 0
    const body = new ReadableStream({
      pull: (controller) => {
        if (sent >= 10 * 1024 * 1024) return controller.close()
        sent += chunk.length
        controller.enqueue(chunk)
      },
    })
    const outcome = await post(body, {duplex: 'half'} as RequestInit).then(
      (response) => response.status,
      () => 'cut off',
    )
    expect([413, 'cut off']).toContain(outcome)
    await isAlive()
  })

  test('a client that goes away in the middle of an answer leaves no connection behind', async () => {
    const locker = await app.pool.connect()
    await locker.query('BEGIN; LOCK TABLE transfer IN ACCESS EXCLUSIVE MODE')
    const gone = new AbortController()
    const requests = Array.from({length: 4}, () =>
      post(JSON.stringify({query: '{ transfers(first: 1) { nodes { id } } }'}), {signal: gone.signal}).catch(() => 'aborted'),
    )
    await expect.poll(() => app.pool.totalCount - app.pool.idleCount).toBe(5)
    gone.abort()
    expect(await Promise.all(requests)).toEqual(['aborted', 'aborted', 'aborted', 'aborted'])
    await locker.query('ROLLBACK')
    locker.release()
    await idle()
    await isAlive()
  })

  test.each([
    ['nothing', ''],
    ['no JSON', '{{{'],
    ['no object', '[]'],
    ['no query', '{}'],
    ['a query that is no text', '{"query": 7}'],
    ['variables that are no object', '{"query": "{ __typename }", "variables": "x"}'],
    ['many queries in one', '[{"query": "{ __typename }"}, {"query": "{ __typename }"}]'],
    ['a fragment that contains itself', '{"query": "{ ...A } fragment A on Query { ...A }"}'],
  ])('%s is refused as a client error', async (_, body) => {
    const response = await post(body)
    expect(response.status).toBeGreaterThanOrEqual(200)
    expect(response.status).toBeLessThan(500)
    const {errors} = (await response.json()) as {errors: {extensions?: {code?: string}}[]}
    expect(errors.length).toBeGreaterThan(0)
    expect(errors[0]?.extensions?.code).not.toBe('INTERNAL_SERVER_ERROR')
  })

  test('whoever asks for the impossible, many at once, is refused; a client beside them is answered', async () => {
    const deep = `{ ${'assets { nodes { mint { asset { '.repeat(400)}id${' } } } }'.repeat(400)} }`
    const aliases = `{ ${Array.from({length: 9_000}, (_, i) => `a${i}: __typename`).join(' ')} }`
    const cycle = '{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }'
    const nested = `${'{"not":'.repeat(20_000)}{}${'}'.repeat(20_000)}`
    const where = 'query ($w: TransferWhere) { transfers(where: $w) { totalCount } }'
    const hostile = [
      JSON.stringify({query: deep}),
      JSON.stringify({query: aliases}),
      JSON.stringify({query: cycle}),
      `{"query": ${JSON.stringify(where)}, "variables": {"w": ${nested}}}`,
      JSON.stringify({query: where, variables: {w: {blockNumber: {in: Array.from({length: 30_000}, (_, i) => i)}}}}),
      JSON.stringify({query: where, variables: {w: {or: Array.from({length: 3_000}, () => ({blockNumber: {eq: 1}}))}}}),
      JSON.stringify({query: where, variables: {w: {to: {eq: {toString: 'x'}}, blockNumber: [{}], and: 'x'}}}),
      JSON.stringify({
        query: 'query ($c: String) { transfers(after: $c) { totalCount nodes { id } } }',
        variables: {c: 'x'.repeat(100_000)},
      }),
    ]
    const sockets = Array.from({length: 20}, () => {
      const socket = connect(server.port, '127.0.0.1')
      socket.on('error', () => {})
      socket.write('POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n{"query":')
      return socket
    })
    const refused = hostile.flatMap((body) => [1, 2, 3].map(() => post(body)))
    const served = Array.from({length: 12}, isAlive)
    await Promise.all(served)
    for (const response of await Promise.all(refused)) {
      const {errors} = (await response.json()) as {errors?: {message: string; extensions?: {code?: string}}[]}
      expect(response.status).toBeLessThan(500)
      expect(errors?.length).toBeGreaterThan(0)
      expect(errors?.[0]?.message).not.toBe('Unexpected error.')
    }
    for (const socket of sockets) socket.destroy()
    await idle()
  })

  test('half a request stops nobody else', async () => {
    const socket = connect(server.port, '127.0.0.1')
    socket.write('POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n{"query":')
    await isAlive()
    socket.destroy()
    await idle()
  })
})
