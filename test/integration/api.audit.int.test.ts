import {auditServer} from 'graphql-http'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {startApiServer} from '../../src/api/httpServer'
import {handlerOver, startApiUnderTest} from '../support/apiUnderTest'

/** https://github.com/graphql/graphql-over-http: what servers MUST (an error if not) and SHOULD (a warning) do. */
describe('GraphQL over HTTP', () => {
  let api: Awaited<ReturnType<typeof startApiUnderTest>>
  let server: Awaited<ReturnType<typeof startApiServer>>
  beforeAll(async () => {
    api = await startApiUnderTest()
    server = await startApiServer({api: handlerOver(api.pool), pool: api.pool, host: '127.0.0.1', port: 0})
  })
  afterAll(async () => {
    await server.close()
    await api.stop()
  })

  it("passes the graphql-http package's audit of servers: all that it MUST and SHOULD do", async () => {
    const results = await auditServer({url: `http://127.0.0.1:${server.port}/graphql`})
    expect(results.length).toBeGreaterThan(50)
    expect(results.filter(({status}) => status === 'error' || status === 'warn').map(({name, status}) => `${status}: ${name}`)).toEqual([])
  })
})
