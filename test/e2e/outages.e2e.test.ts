import {writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, type ExpectStatic, test} from 'vitest'
import {stringify} from 'yaml'
import {loadKeccak} from '../../src/chain/keccak'
import {type CanonicalTables, dumpCanonicalTables} from '../support/canonical'
import {type Command, createSandbox} from '../support/cli'
import {readTip, run, type Tip, waitForTip, writeConfig} from '../support/indexer'
import {startPostgres, type TestPostgres} from '../support/postgres'
import {type RpcServer, startRpcServer} from '../support/rpcServer'
import {buildChain, type SyntheticChain} from '../support/syntheticChain'

/** Both outages at once, each with a database, a chain and a supervisor of its own: they last as long as they last. */
const DATABASE_GONE_MS = 30_000
const NODES_GONE_MS = 60_000
const CHAIN_ID = 1337

type World = Readonly<{postgres: TestPostgres; chain: SyntheticChain; nodes: readonly RpcServer[]; config: object}>

const worlds: World[] = []
async function startWorld(): Promise<World> {
  const chain = buildChain(await loadKeccak(), {blocks: 40})
  const [postgres, ...nodes] = await Promise.all([startPostgres(), startRpcServer({chain}), startRpcServer({chain})])
  const config = {chains: [{id: CHAIN_ID, rpc: nodes.map(({url}) => url), contracts: '*', pollIntervalMs: 100}]}
  const world = {postgres, chain, nodes, config}
  worlds.push(world)
  return world
}

let [database, nodes] = [] as unknown as [World, World]
beforeAll(async () => {
  ;[database, nodes] = await Promise.all([startWorld(), startWorld()])
})
afterAll(() => Promise.all(worlds.flatMap((world) => [world.postgres.stop(), ...world.nodes.map(({stop}) => stop())])))

const tipOf = ({chain}: World): Tip => ({height: chain.head(), hash: chain.blocks[chain.head()]?.hash ?? ''})

async function untilIndexed(url: string, world: World, command: Command, expect: ExpectStatic): Promise<void> {
  const hash = async () => (await readTip(url, CHAIN_ID).catch(() => null))?.hash
  await expect.poll(hash, {timeout: 90_000, interval: 200, message: command.output().slice(-4_000)}).toBe(tipOf(world).hash)
}

/** Why the processes of a supervisor are not ready, as they say themselves. */
async function reasonsOf(command: Command): Promise<readonly string[]> {
  const ports = [...command.output().matchAll(/metrics on port (\d+)/g)].map(([, port]) => port)
  return Promise.all(
    ports.map(async (port) => {
      const response = await fetch(`http://127.0.0.1:${port}/ready`).catch(() => null)
      return response ? (((await response.json()) as {reason: string | null}).reason ?? '') : ''
    }),
  )
}

async function dumpUndisturbed(world: World, name: string): Promise<CanonicalTables> {
  const url = await world.postgres.createMigrated(name)
  const config = writeConfig(world.config)
  const processor = run('main.js', ['--config', config.path], {DB_URL: url})
  await waitForTip(url, CHAIN_ID, tipOf(world), processor)
  await processor.kill('SIGKILL')
  config.remove()
  return dumpCanonicalTables(url)
}

/** Indexes, loses something for a while in which the chain grows, and has to go on by itself. */
async function loseForAWhile(world: World, lose: () => Promise<unknown>, reason: RegExp, expect: ExpectStatic): Promise<void> {
  const sandbox = createSandbox()
  try {
    const url = await world.postgres.createDatabase('disturbed')
    writeFileSync(join(sandbox.dir, 'indexer.yaml'), stringify(world.config))
    const command = sandbox.indexer(['start'], {DB_URL: url})
    await command.printed(/GraphQL and its explorer: (\S+)/)
    await untilIndexed(url, world, command, expect)
    const back = lose()
    world.chain.append(12)
    await expect.poll(() => reasonsOf(command), {timeout: 25_000}).toContainEqual(expect.stringMatching(reason))
    await back
    await untilIndexed(url, world, command, expect)
    expect(command.output()).not.toMatch(/times in a row/)
    command.signal('SIGTERM')
    expect(await command.exited).toBe(0)
    expect(await dumpCanonicalTables(url)).toEqual(await dumpUndisturbed(world, 'undisturbed'))
  } finally {
    await sandbox.remove()
  }
}

describe.concurrent('an outage ends nothing: what is missing is named, and the tables are those of an undisturbed run [INV-1] [INV-10]', () => {
  test('the database is gone for half a minute', async ({expect}) => {
    await loseForAWhile(database, () => database.postgres.restart(DATABASE_GONE_MS), /the database does not answer/, expect)
  })

  test('all nodes are gone for a minute', async ({expect}) => {
    const lose = async () => {
      for (const node of nodes.nodes) node.fault({kind: 'refuse'})
      await new Promise((resolve) => setTimeout(resolve, NODES_GONE_MS))
      for (const node of nodes.nodes) node.fault()
    }
    await loseForAWhile(nodes, lose, /no RPC node is usable/, expect)
  })
})
