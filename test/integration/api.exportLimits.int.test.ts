import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {createKey} from '../../src/access/keyStore'
import type {ApiServer} from '../../src/api/httpServer'
import {startApiUnderTest} from '../support/apiUnderTest'
import {exportsWaiting, startExportServer} from '../support/exportServer'

describe('/export and clients that ask too much [INV-8]', () => {
  const WRONG = `pik_${'0'.repeat(16)}_${'b'.repeat(43)}`
  let app: Awaited<ReturnType<typeof startApiUnderTest>>
  let limited: ApiServer
  beforeAll(async () => {
    app = await startApiUnderTest()
    limited = await startExportServer(app.pool, {
      requestsPerMinute: 30,
      keyRequestsPerMinute: 60,
      concurrentRequests: 1,
      trustedProxies: ['127.0.0.1'],
    })
  })
  afterAll(async () => {
    await limited.close()
    await app.stop()
  })
  const askFrom = (address: string, apiKey: string, path = 'export/collections.csv', init: RequestInit = {}) =>
    fetch(`http://127.0.0.1:${limited.port}/${path}`, {headers: {'x-forwarded-for': address, 'x-api-key': apiKey}, ...init})
  const newKey = () => createKey(app.pool, {name: 'busy', scopes: ['export'], expiresAt: null})
  const statusOf = async (response: Response) => {
    await response.text()
    return response.status
  }

  test('has them pay for keys that they guess, each another, and tells when to come again', async () => {
    const guess = (n: number) => askFrom('203.0.113.1', `${WRONG.slice(0, -1)}${n}`)
    for (let i = 0; i < 5; i++) expect(await statusOf(await guess(i))).toBe(401)
    const refused = await guess(5)
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '2'])
    expect(await refused.json()).toMatchObject({errors: [{extensions: {code: 'RATE_LIMITED', limit: 30}}]})
    expect(await statusOf(await askFrom('203.0.113.2', WRONG))).toBe(401)
  })

  test('counts exports of a key among its other requests, wherever they come from', async () => {
    const own = await newKey()
    for (let i = 0; i < 5; i++) expect(await statusOf(await askFrom(`198.51.100.${i}`, own))).toBe(200)
    for (let i = 0; i < 5; i++) expect(await statusOf(await askFrom(`198.51.100.${i}`, own, 'graphql?query={__typename}'))).toBe(200)
    expect(await statusOf(await askFrom('198.51.100.99', own))).toBe(429)
  })

  test('counts an export among the requests under way until it is over, or its client is gone', async () => {
    const own = await newKey()
    const locker = await app.pool.connect()
    await locker.query('BEGIN; LOCK TABLE collection IN ACCESS EXCLUSIVE MODE')
    const gone = new AbortController()
    const first = askFrom('198.51.100.1', own, undefined, {signal: gone.signal}).catch(() => 'aborted')
    await expect.poll(() => exportsWaiting(app.pool), {timeout: 5_000}).toBe(1)
    for (const path of ['export/collections.csv', 'graphql?query={__typename}']) {
      const refused = await askFrom('198.51.100.2', own, path)
      expect([refused.status, await refused.json()]).toMatchObject([429, {errors: [{extensions: {code: 'RATE_LIMITED', limit: 1}}]}])
    }
    gone.abort()
    expect(await first).toBe('aborted')
    await locker.query('ROLLBACK').then(() => locker.release())
    await expect.poll(() => app.pool.totalCount - app.pool.idleCount, {timeout: 5_000}).toBe(0)
    for (let i = 0; i < 3; i++) expect(await statusOf(await askFrom('198.51.100.1', own))).toBe(200)
  })

  test('lets pages of origins that the config names read why they are refused', async () => {
    const headers = {'x-forwarded-for': '203.0.113.9', 'x-api-key': WRONG, origin: 'https://app.example'}
    const refused = await fetch(`http://127.0.0.1:${limited.port}/export/collections.csv`, {headers})
    expect([await statusOf(refused), refused.headers.get('access-control-allow-origin')]).toEqual([401, 'https://app.example'])
  })
})
