import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {createKey, findKey, listKeys, revokeKey} from '../../src/access/keyStore'
import {type ApiServer, startApiServer} from '../../src/api/httpServer'
import {handlerOver, startApiUnderTest} from '../support/apiUnderTest'

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
