import {rmSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterAll, afterEach, beforeAll, beforeEach, describe, expect, test} from 'vitest'
import {stringify} from 'yaml'
import {type Command, createSandbox, type Sandbox, waitUntilNothingRuns} from '../support/cli'
import {type EventChain, startEventChain} from '../support/eventChain'

/** Its own database, with tables and nothing in them. */
const migrated = createSandbox()
let chain: EventChain
beforeAll(async () => {
  chain = await startEventChain()
  for (let i = 0; i < 5; i++) await chain.mine([])
  expect(await migrated.indexer(['migrate']).exited).toBe(0)
})
afterAll(() => Promise.all([chain.stop(), migrated.remove()]))

let sandbox: Sandbox
beforeEach(() => {
  sandbox = createSandbox(migrated.dir)
})
afterEach(() => sandbox.remove())

const configure = (over: object = {}) =>
  writeFileSync(
    join(sandbox.dir, 'indexer.yaml'),
    stringify({chains: [{id: chain.chainId, rpc: [chain.url], contracts: '*', finality: 2, pollIntervalMs: 100, ...over}]}),
  )

const started = async (command: Command): Promise<string> => (await command.printed(/GraphQL and its explorer: (\S+)/))[1] ?? ''

const ask = async (url: string, query: string): Promise<unknown> => {
  const response = await fetch(url, {method: 'POST', headers: {'content-type': 'application/json'}, body: JSON.stringify({query})})
  return response.json()
}

const pidOf = (command: Command, script: string): number => Number([...command.processes()].find(([, line]) => line.includes(script))?.[0])

const ANSWER = {data: {status: {chains: [{chainId: expect.anything()}]}}}
const QUERY = '{ status { chains { chainId } } }'

describe('start', () => {
  test('brings its own database, answers, ends in order on Ctrl-C, and goes on at the next start', async () => {
    rmSync(join(sandbox.dir, '.data'), {recursive: true})
    configure()
    const first = sandbox.indexer(['start'])
    expect(await ask(await started(first), QUERY)).toMatchObject(ANSWER)
    first.signal('SIGINT', 'group')
    expect(await first.exited).toBe(0)
    expect(await waitUntilNothingRuns(first, 3000)).toEqual([])

    const second = sandbox.indexer(['start'])
    expect(await ask(await started(second), QUERY)).toMatchObject(ANSWER)
    expect(second.output()).toContain('goes on with its data')
    second.signal('SIGTERM')
    expect(await second.exited).toBe(0)
    expect(await waitUntilNothingRuns(second, 3000)).toEqual([])
  })

  test('starts a killed API again', async () => {
    configure()
    const command = sandbox.indexer(['start'])
    const url = await started(command)
    process.kill(pidOf(command, 'api/main.js'), 'SIGKILL')
    await command.printed(/api was killed by SIGKILL; starting it again/)
    const deadline = Date.now() + 20_000
    const answer = async (): Promise<unknown> =>
      ask(url, QUERY).catch((error: unknown) => (Date.now() > deadline ? Promise.reject(error) : answer()))
    expect(await answer()).toMatchObject(ANSWER)
  })

  test('leaves nothing running when it is killed itself', async () => {
    configure()
    const command = sandbox.indexer(['start'])
    await started(command)
    expect(command.processes().size).toBeGreaterThan(4)
    command.signal('SIGKILL')
    expect(await waitUntilNothingRuns(command, 15_000)).toEqual([])
  })

  test('a second Ctrl-C does not wait', async () => {
    configure()
    const command = sandbox.indexer(['start'])
    await started(command)
    process.kill(pidOf(command, 'api/main.js'), 'SIGSTOP')
    command.signal('SIGINT')
    await command.printed(/once more ends at once/)
    command.signal('SIGINT')
    const since = Date.now()
    expect(await command.exited).toBe(1)
    expect(await waitUntilNothingRuns(command, 5000)).toEqual([])
    expect(Date.now() - since).toBeLessThan(5000)
  })

  test('a Ctrl-C during the start stops what has been started', async () => {
    configure()
    const command = sandbox.indexer(['start'])
    await command.printed(/Embedded PostgreSQL/)
    command.signal('SIGINT', 'group')
    expect(await command.exited).toBe(0)
    expect(await waitUntilNothingRuns(command, 5000)).toEqual([])
  })

  test('goes on answering when the last block of the configuration is indexed', async () => {
    configure({endBlock: 2})
    const command = sandbox.indexer(['start'])
    const url = await started(command)
    await command.printed(new RegExp(`processor eip155:${chain.chainId} has done its work`))
    expect(await ask(url, QUERY)).toMatchObject(ANSWER)
  })

  test('a node of another chain ends it with 2, at once', async () => {
    configure({id: 5})
    const command = sandbox.indexer(['start'])
    expect(await command.exited).toBe(2)
    expect(command.output()).toContain(`serves chain ${chain.chainId}, not 5`)
    expect(await waitUntilNothingRuns(command, 3000)).toEqual([])
  })

  test('a database that is killed is the end of it, with its reason', async () => {
    configure()
    const command = sandbox.indexer(['start'])
    await started(command)
    process.kill(pidOf(command, '/postgres -D'), 'SIGQUIT')
    expect(await command.exited).toBe(1)
    expect(command.output()).toContain('PostgreSQL ended unexpectedly')
    expect(await waitUntilNothingRuns(command, 5000)).toEqual([])
  })
})
