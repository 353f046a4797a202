import {Pool} from 'pg'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {loadKeccak} from '../../src/chain/keccak'
import {askOf, handlerOver} from '../support/apiUnderTest'
import {openGateway} from '../support/gatewayReader'
import {type Running, run, writeConfig} from '../support/indexer'
import {startPostgres, type TestPostgres} from '../support/postgres'
import {startRpcServer} from '../support/rpcServer'
import {buildChain} from '../support/syntheticChain'

let postgres: TestPostgres
beforeAll(async () => {
  postgres = await startPostgres()
})
afterAll(() => postgres.stop())

async function ask(processor: Running, path: '/ready' | '/metrics'): Promise<string> {
  const port = /metrics on port (\d+)/.exec(processor.output())?.[1]
  const response = await fetch(`http://127.0.0.1:${port}${path}`)
  return `${response.status} ${await response.text()}`
}

describe('nodes that answer but whose head stands still (ponder#2264)', () => {
  test('readiness, metrics and status name it, and all recover with the next block [INV-10]', async () => {
    const chain = buildChain(await loadKeccak(), {blocks: 30})
    const node = await startRpcServer({chain})
    const url = await postgres.createMigrated('standing_head')
    const config = writeConfig({chains: [{id: 1337, rpc: [node.url], contracts: '*', pollIntervalMs: 50, headStallSeconds: 2}]})
    const processor = run('main.js', ['--config', config.path], {DB_URL: url})
    const pool = new Pool({connectionString: url, max: 2})
    const problem = async () => {
      const {data} = await askOf(handlerOver(pool), '{ status { chains { chainId problem } } }')
      const {chains} = (data as unknown as {status: {chains: {chainId: string; problem: string | null}[]}}).status
      return chains.find(({chainId}) => chainId === 'eip155:1337')?.problem
    }
    try {
      await expect.poll(() => processor.output(), {timeout: 30_000}).toMatch(/metrics on port \d+/)
      const ready = () => ask(processor, '/ready')
      await expect.poll(ready, {timeout: 30_000}).toMatch(/^503 .*no new head for \d+ s: the nodes stand at block 29/)
      const metrics = await ask(processor, '/metrics')
      expect(metrics).toMatch(/indexer_ready 0/)
      expect(metrics).toMatch(/indexer_not_ready\{cause="head_stands"\} 1/)
      await expect.poll(problem, {timeout: 10_000}).toMatch(/^no new head for \d+ s: the nodes stand at block 29$/)
      chain.append()
      await expect.poll(ready, {timeout: 10_000}).toMatch(/^200 .*"indexedBlock":30/)
      const well = await ask(processor, '/metrics')
      expect(well).toMatch(/indexer_ready 1/)
      expect(well).not.toMatch(/indexer_not_ready/)
      expect(well).toMatch(/indexer_lag_blocks 0/)
      expect(well).toMatch(/chain_gateway_verify_seconds_total\{chain="1337"\} 0\.\d+/)
      await expect.poll(() => (chain.append(), problem()), {timeout: 10_000, interval: 500}).toBeNull()
    } finally {
      await pool.end()
      await processor.kill('SIGKILL')
      await node.stop()
      config.remove()
    }
  })
})

describe('an SQD gateway that goes away, where blocks come from it alone', () => {
  test('readiness names it, though all that it told of is indexed [INV-10]', async () => {
    const node = await startRpcServer({chain: buildChain(await loadKeccak(), {blocks: 30})})
    const gateway = await openGateway([node.url])
    const url = await postgres.createMigrated('gone_gateway')
    const config = writeConfig({chains: [{id: 1337, gateway: gateway.url, contracts: '*'}]})
    const processor = run('main.js', ['--config', config.path], {DB_URL: url, READY_STALL_SECONDS: '4'})
    try {
      await expect.poll(() => processor.output(), {timeout: 30_000}).toMatch(/metrics on port \d+/)
      const ready = () => ask(processor, '/ready')
      await expect.poll(ready, {timeout: 30_000}).toMatch(/^200 .*"indexedBlock":21,"nodeHead":21/)
      expect(await ask(processor, '/metrics')).toMatch(/indexer_lag_blocks 0/)
      await gateway.close()
      await expect.poll(ready, {timeout: 15_000}).toMatch(/^503 .*the gateway has told nothing for \d+ s, at block 21/)
    } finally {
      await processor.kill('SIGKILL')
      await node.stop()
      config.remove()
    }
  })
})
