import {writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterAll, afterEach, beforeAll, beforeEach, describe, expect, test} from 'vitest'
import {stringify} from 'yaml'
import {migrate} from '../../src/store/migrate'
import {dumpCanonicalTables} from '../support/canonical'
import {type Command, createSandbox, type Sandbox} from '../support/cli'
import {type EventChain, startEventChain} from '../support/eventChain'
import {readTip, run, waitForTip, writeConfig} from '../support/indexer'
import {startPostgres, type TestPostgres} from '../support/postgres'
import {createRandom, intoBlocks, REGISTRY, randomLogs} from '../support/randomLogs'

const GONE_MS = 30_000

let postgres: TestPostgres
let chain: EventChain
let sandbox: Sandbox
beforeAll(async () => {
  ;[postgres, chain] = await Promise.all([startPostgres(), startEventChain()])
})
afterAll(() => Promise.all([postgres.stop(), chain.stop()]))
beforeEach(() => {
  sandbox = createSandbox()
})
afterEach(() => sandbox.remove())

const configOf = (rpc: string) => ({
  chains: [{id: chain.chainId, rpc: [rpc], contracts: '*', trusted: [REGISTRY], finality: 5, pollIntervalMs: 100}],
})

const mine = async (seed: number, blocks: number) => {
  for (const logs of intoBlocks(randomLogs(createRandom(seed), blocks * 5), blocks)) await chain.mine(logs)
}

async function untilIndexed(url: string, command: Command): Promise<void> {
  const wanted = await chain.tip()
  const isReached = async () => (await readTip(url, chain.chainId).catch(() => null))?.hash === wanted.hash
  await expect.poll(isReached, {timeout: 60_000, message: command.output().slice(-4_000)}).toBe(true)
}

const readinessAt = async (port: string) => {
  const response = await fetch(`http://127.0.0.1:${port}/ready`).catch(() => null)
  return response && {status: response.status, ...((await response.json()) as {reason: string | null})}
}

describe('a database that is gone for half a minute', () => {
  test('ends nothing: every process waits for it, says so, and goes on with the tables of an undisturbed run [INV-1] [INV-10]', async () => {
    await mine(1, 6)
    const url = await postgres.createDatabase('gone')
    writeFileSync(join(sandbox.dir, 'indexer.yaml'), stringify(configOf(chain.url)))
    const command = sandbox.indexer(['start'], {DB_URL: url, PROCESSOR_PORT: '0'})
    await command.printed(/GraphQL and its explorer: (\S+)/)
    await untilIndexed(url, command)

    const back = postgres.restart(GONE_MS)
    await mine(2, 12)
    const portOf = () => [...command.output().matchAll(/metrics on port (\d+)/g)].map(([, port]) => port as string)
    const reasons = async () => (await Promise.all(portOf().map(readinessAt))).map((ready) => ready?.reason ?? '')
    await expect.poll(reasons, {timeout: GONE_MS - 5_000}).toContainEqual(expect.stringMatching(/the database does not answer/))
    await back
    await untilIndexed(url, command)
    expect(command.output()).not.toMatch(/times in a row/)
    command.signal('SIGTERM')
    expect(await command.exited).toBe(0)

    const calm = await postgres.createDatabase('calm')
    await migrate(calm)
    const config = writeConfig(configOf(chain.url))
    const undisturbed = run('main.js', ['--config', config.path], {DB_URL: calm})
    await waitForTip(calm, chain.chainId, await chain.tip(), undisturbed)
    await undisturbed.kill('SIGKILL')
    config.remove()
    expect(await dumpCanonicalTables(url)).toEqual(await dumpCanonicalTables(calm))
  })
})
