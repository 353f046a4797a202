import {afterAll, beforeAll, expect, test} from 'vitest'
import {loadKeccak} from '../../src/chain/keccak'
import {run, writeConfig} from '../support/indexer'
import {startPostgres, type TestPostgres} from '../support/postgres'
import {startRpcServer} from '../support/rpcServer'
import {buildChain} from '../support/syntheticChain'

let postgres: TestPostgres
let node: Awaited<ReturnType<typeof startRpcServer>>
let config: ReturnType<typeof writeConfig>
let url: string
beforeAll(async () => {
  postgres = await startPostgres()
  url = await postgres.createMigrated('processes')
  node = await startRpcServer({chain: buildChain(await loadKeccak(), {blocks: 5})})
  config = writeConfig({chains: [{id: 1337, rpc: [node.url], contracts: '*', pollIntervalMs: 50}]})
})
afterAll(async () => {
  await node.stop()
  await postgres.stop()
  config.remove()
})

test.each([
  ['processor', 'main.js', 'PROCESSOR_PORT', /metrics on port (\d+)/],
  ['api', 'api/main.js', 'GQL_PORT', /GraphQL on 127\.0\.0\.1:(\d+)\//],
  ['feed worker', 'feed/main.js', 'FEED_PORT', /metrics on port (\d+)/],
  ['metadata worker', 'metadata/main.js', 'METADATA_PORT', /metrics on port (\d+)/],
])(
  '%s: alive, ready, measured, and ended by SIGTERM with 0 when what is under way is done, or with 2 at once where its port is none [INV-10]',
  async (_, script, port, says) => {
    const running = run(script, ['--config', config.path], {DB_URL: url, GQL_PORT: '0'})
    const misused = run(script, ['--config', config.path], {DB_URL: url, [port]: 'abc'})
    try {
      await expect.poll(() => running.output(), {timeout: 30_000}).toMatch(says)
      const base = `http://127.0.0.1:${says.exec(running.output())?.[1]}`
      expect((await fetch(`${base}/health`)).status).toBe(200)
      const ready = async () => {
        const response = await fetch(`${base}/ready`)
        return {status: response.status, ...((await response.json()) as object)}
      }
      await expect.poll(ready, {timeout: 30_000}).toMatchObject({status: 200, ready: true, reason: null})
      expect(await (await fetch(`${base}/metrics`)).text()).toMatch(/^# TYPE \w+ (counter|gauge|histogram|summary)$/m)
      expect({code: await misused.exited, output: misused.output()}).toMatchObject({code: 2, output: expect.stringContaining(port)})
      expect(await running.kill('SIGTERM')).toBe(0)
    } finally {
      for (const {child, kill} of [running, misused]) if (child.exitCode === null) await kill('SIGKILL')
    }
  },
)
