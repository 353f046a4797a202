import {once} from 'node:events'
import {existsSync, rmSync} from 'node:fs'
import {type AddressInfo, createServer} from 'node:net'
import {join} from 'node:path'
import {afterAll, afterEach, beforeAll, beforeEach, describe, expect, test} from 'vitest'
import {type Command, createSandbox, type Sandbox, waitUntilNothingRuns} from '../support/cli'

/** The first demo, ended by Ctrl-C: its chain, history and database go on in a copy of its folder. */
const ended = createSandbox()
let first: Readonly<{answer: Answer; output: string; tookMs: number; code: number | null; left: readonly string[]}>
beforeAll(async () => {
  const since = Date.now()
  const command = ended.indexer(['demo'])
  const answer = await askPrinted(command)
  const tookMs = Date.now() - since
  command.signal('SIGINT', 'group')
  const code = await command.exited
  first = {answer, output: command.output(), tookMs, code, left: await waitUntilNothingRuns(command, 3000)}
})
afterAll(ended.remove)

let sandbox: Sandbox
beforeEach(() => {
  sandbox = createSandbox(ended.dir)
})
afterEach(() => sandbox.remove())

const READY = /The demo is ready: (\S+)[\s\S]*-d '(\{.*\})'/

type Answer = Readonly<{data: {asset: {id: string; owner: {address: string}; provenance: {nodes: readonly unknown[]}}}}>

/** Asks what the demo printed, as printed. */
async function askPrinted(command: Command): Promise<Answer> {
  const [, url = '', body = ''] = await command.printed(READY, 120_000)
  const response = await fetch(url, {method: 'POST', headers: {'content-type': 'application/json'}, body})
  return (await response.json()) as Answer
}

const pidOf = (command: Command, part: string): number => Number([...command.processes()].find(([, line]) => line.includes(part))?.[0])

const answered = {data: {asset: {id: expect.stringMatching(/^eip155:31337\/erc721:0x/), owner: {address: expect.any(String)}}}}

describe('demo', () => {
  test('answers the query that it prints, ends on Ctrl-C, and goes on at the second start', async () => {
    expect(first).toMatchObject({answer: answered, output: expect.stringContaining('A new chain and a new database.'), code: 0, left: []})
    expect(first.answer.data.asset.provenance.nodes.length).toBeGreaterThan(3)
    expect(first.tookMs).toBeLessThan(120_000)

    const second = sandbox.indexer(['demo'])
    expect((await askPrinted(second)).data.asset.id).toBe(first.answer.data.asset.id)
    expect(second.output()).toMatch(/are restored: both go on|both start afresh/)
    second.signal('SIGINT')
    expect(await second.exited).toBe(0)
    expect(await waitUntilNothingRuns(second, 3000)).toEqual([])
  })

  test('says that both start afresh when the chain has lost what the database holds', async () => {
    rmSync(join(sandbox.dir, '.data/demo/chain'), {recursive: true})
    const command = sandbox.indexer(['demo', '--no-live'])
    expect(await askPrinted(command)).toMatchObject(answered)
    expect(command.output()).toContain('both start afresh')
  })

  test('leaves nothing running when it is killed, and starts again after that', async () => {
    rmSync(join(sandbox.dir, '.data'), {recursive: true})
    const killed = sandbox.indexer(['demo'])
    await askPrinted(killed)
    killed.signal('SIGKILL')
    expect(await waitUntilNothingRuns(killed, 15_000)).toEqual([])
    expect(await askPrinted(sandbox.indexer(['demo']))).toMatchObject(answered)
  })

  // What is supervised ends alike, whichever it is: one that serves and one that writes stand for them.
  test.each(['api/main.js', 'lib/main.js', 'anvil', '/postgres -D'])(
    'ends with an error and leaves nothing when %s is killed',
    async (part) => {
      const command = sandbox.indexer(['demo'])
      await askPrinted(command)
      process.kill(pidOf(command, part), part.includes('postgres') ? 'SIGQUIT' : 'SIGKILL')
      expect(await command.exited).toBe(1)
      expect(command.output()).toMatch(/was killed by SIGKILL|ended unexpectedly/)
      expect(await waitUntilNothingRuns(command, 5000)).toEqual([])
    },
  )

  test('a taken port is a clear message, exit code 1, and nothing was started', async () => {
    rmSync(join(sandbox.dir, '.data'), {recursive: true})
    const squatter = createServer().listen(0, '127.0.0.1')
    await once(squatter, 'listening')
    const {port} = squatter.address() as AddressInfo
    const command = sandbox.indexer(['demo', '--port', String(port)])
    expect(await command.exited).toBe(1)
    expect(command.output()).toContain(`Port ${port} on 127.0.0.1 is taken`)
    expect([...command.processes().values()]).toEqual([])
    expect(existsSync(join(sandbox.dir, '.data'))).toBe(false)
    squatter.close()
  })
})
