import {chmodSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {Client} from 'pg'
import {afterAll, afterEach, beforeAll, beforeEach, describe, expect, test} from 'vitest'
import {type Command, createSandbox, ROOT, type Sandbox, waitUntilNothingRuns} from '../support/cli'

let sandbox: Sandbox
beforeEach(() => {
  sandbox = createSandbox(stopped.dir)
})
afterEach(() => sandbox.remove())

/** A process that starts the server in `dir` and keeps it until it is told to stop. */
const owner = (dir: string, {script}: Pick<Sandbox, 'script'> = sandbox): Command =>
  script(
    `const {startEmbeddedPostgres} = require(${JSON.stringify(join(ROOT, 'lib/postgres/embedded.js'))})
     startEmbeddedPostgres({dir: ${JSON.stringify(dir)}}).then(
       (server) => {
         console.log('started ' + JSON.stringify({url: server.url, restored: server.restored}))
         process.on('SIGTERM', () => server.stop().then(() => process.exit(0)))
       },
       (error) => { console.log(error.message); process.exit(1) },
     )`,
  )

const started = async (script: Command): Promise<{url: string; restored: boolean}> =>
  JSON.parse((await script.printed(/started (.*)/))[1] ?? '')

const ask = async (url: string, sql: string): Promise<unknown[]> => {
  const client = new Client({connectionString: url})
  await client.connect()
  return client
    .query({text: sql, rowMode: 'array'})
    .then(({rows}) => rows.flat())
    .finally(() => client.end())
}

/** A server's folder, `pg`, after its first start. */
const stopped = createSandbox()
beforeAll(async () => {
  const first = owner(join(stopped.dir, 'pg'), stopped)
  await started(first)
  first.signal('SIGTERM')
  await first.exited
})
afterAll(stopped.remove)

describe('the embedded PostgreSQL', () => {
  test('keeps its data and its port over a restart', async () => {
    const dir = join(sandbox.dir, 'new')
    const first = owner(dir)
    const {url, restored} = await started(first)
    expect(restored).toBe(false)
    await ask(url, 'CREATE TABLE kept AS SELECT 7 AS n')
    first.signal('SIGTERM')
    expect(await first.exited).toBe(0)
    expect(await waitUntilNothingRuns(first, 3000)).toEqual([])

    const second = owner(dir)
    expect(await started(second)).toEqual({url, restored: true})
    expect(await ask(url, 'SELECT n FROM kept')).toEqual([7])
  })

  test('commits to disk, orders text by bytes, listens on loopback only, and hides its password', async () => {
    const dir = join(sandbox.dir, 'pg')
    const {url} = await started(owner(dir))
    const names = ['fsync', 'synchronous_commit', 'listen_addresses', 'server_encoding']
    expect(await ask(url, names.map((name) => `SELECT current_setting('${name}')`).join(' UNION ALL '))).toEqual([
      'on',
      'on',
      '127.0.0.1',
      'UTF8',
    ])
    expect(await ask(url, `SELECT 'B' < 'a', rolsuper FROM pg_roles WHERE rolname = current_user`)).toEqual([true, false])
    expect(statSync(join(dir, 'password')).mode & 0o777).toBe(0o600)
    await expect(ask(url.replace(/:[^:@]+@/, ':wrong@'), 'SELECT 1')).rejects.toThrow(/password/)
  })

  test('ends with its owner when that is killed, losing nothing that was committed', async () => {
    const dir = join(sandbox.dir, 'pg')
    const first = owner(dir)
    const {url} = await started(first)
    await ask(url, 'CREATE TABLE kept AS SELECT 7 AS n')
    first.signal('SIGKILL')
    expect(await waitUntilNothingRuns(first, 10_000)).toEqual([])
    expect(await ask((await started(owner(dir))).url, 'SELECT n FROM kept')).toEqual([7])
  })

  test('is stopped and started again when owner and warden were killed at once', async () => {
    const dir = join(sandbox.dir, 'pg')
    const first = owner(dir)
    await started(first)
    const server = [...first.processes()].find(([, line]) => line.includes('/postgres -D'))
    for (const [pid, line] of first.processes()) if (line.includes('warden.js')) process.kill(pid, 'SIGKILL')
    first.signal('SIGKILL')
    await first.exited
    expect([...first.processes().keys()]).toContain(server?.[0])

    const {restored} = await started(owner(dir))
    expect(restored).toBe(true)
    expect([...first.processes().keys()]).not.toContain(server?.[0])
  })

  test('says so when another indexer works in the same folder, and leaves that one alone', async () => {
    const dir = join(sandbox.dir, 'pg')
    const {url} = await started(owner(dir))
    const second = owner(dir)
    expect(await second.exited).toBe(1)
    expect(second.output()).toContain('another indexer')
    expect(await ask(url, 'SELECT 1')).toEqual([1])
  })

  test('does not stumble over the postmaster.pid of a process that is no server', async () => {
    const dir = join(sandbox.dir, 'pg')
    writeFileSync(join(dir, 'data/postmaster.pid'), `${process.pid}\n${join(dir, 'data')}\n`)
    expect((await started(owner(dir))).restored).toBe(true)
  })

  test('begins afresh after a first start that was killed half way', async () => {
    const dir = join(sandbox.dir, 'new')
    mkdirSync(join(dir, 'data.new/base'), {recursive: true})
    writeFileSync(join(dir, 'data.new/PG_VERSION'), '18\n')
    expect((await started(owner(dir))).restored).toBe(false)
  })

  test('moves to another port when somebody took its own', async () => {
    const dir = join(sandbox.dir, 'pg')
    const port = Number(readFileSync(join(dir, 'port'), 'utf8'))
    const squatter = sandbox.script(`require('node:net').createServer().listen(${port}, '127.0.0.1', () => console.log('listening'))`)
    await squatter.printed(/listening/)
    expect(new URL((await started(owner(dir))).url).port).not.toBe(String(port))
    squatter.signal('SIGKILL')
  })

  test('names the cause when the data are of another version or the password is lost', async () => {
    const dir = join(sandbox.dir, 'pg')
    const versionFile = join(dir, 'data/PG_VERSION')
    const version = readFileSync(versionFile, 'utf8')
    writeFileSync(versionFile, '12\n')
    const older = owner(dir)
    expect(await older.exited).toBe(1)
    expect(older.output()).toContain('made by PostgreSQL 12')
    writeFileSync(versionFile, version)
    rmSync(join(dir, 'password'))
    const locked = owner(dir)
    expect(await locked.exited).toBe(1)
    expect(locked.output()).toContain('password')
    expect(await waitUntilNothingRuns(locked, 5000)).toEqual([])
  })

  test.runIf(process.getuid?.() === 0)('runs, not as root, under a folder that only root may enter', async () => {
    const closed = join(sandbox.dir, 'closed')
    mkdirSync(closed)
    chmodSync(closed, 0o700)
    const script = owner(join(closed, 'pg'))
    const {url} = await started(script)
    expect(await ask(url, 'SELECT 1')).toEqual([1])
    const server = [...script.processes()].find(([, line]) => line.includes('/postgres -D'))
    expect(statSync(`/proc/${server?.[0]}`).uid).not.toBe(0)
  })
})
