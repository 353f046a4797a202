import {type ChildProcess, spawn} from 'node:child_process'
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {Client} from 'pg'
import {stringify} from 'yaml'

const ROOT = join(__dirname, '../..')

/** The processes under test, as operators run them: built code, a config file, the environment. */
export type Running = Readonly<{
  child: ChildProcess
  /** Everything it printed so far. */
  output: () => string
  exited: Promise<number | null>
  kill: (signal?: NodeJS.Signals) => Promise<number | null>
}>

export function run(script: string, args: readonly string[], env: Readonly<Record<string, string>>): Running {
  let output = ''
  const child = spawn(process.execPath, [join(ROOT, 'lib', script), ...args], {
    cwd: ROOT,
    env: {PATH: process.env['PATH'], LOG_LEVEL: 'info', ...env},
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  child.stdout.on('data', (chunk: Buffer) => (output += chunk))
  child.stderr.on('data', (chunk: Buffer) => (output += chunk))
  const exited = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))
  const kill = (signal: NodeJS.Signals = 'SIGTERM') => {
    child.kill(signal)
    return exited
  }
  return {child, output: () => output, exited, kill}
}

/** indexer.yaml in a folder of its own, with a cache of its own. */
export function writeConfig(config: object) {
  const dir = mkdtempSync(join(tmpdir(), 'indexer-test-'))
  const path = join(dir, 'indexer.yaml')
  writeFileSync(path, stringify({cache: {dir: join(dir, 'cache')}, ...config}))
  return {path, dir, remove: () => rmSync(dir, {recursive: true, force: true})}
}

export type Tip = Readonly<{height: number; hash: string}>

/** What Subsquid's state says is indexed: the top hot block, or the last final one. Null before the first batch. */
export async function readTip(url: string, chainId: number): Promise<Tip | null> {
  const client = new Client({connectionString: url})
  await client.connect()
  try {
    const schema = `squid_processor_eip155_${chainId}`
    const {rows} = await client.query<Tip>(
      `SELECT height, hash FROM (SELECT height, hash FROM ${schema}.hot_block UNION ALL SELECT height, hash FROM ${schema}.status) t
       WHERE height >= 0 ORDER BY height DESC LIMIT 1`,
    )
    return rows[0] ?? null
  } catch (error) {
    if ((error as {code?: string}).code === '42P01' || (error as {code?: string}).code === '3F000') return null
    throw error
  } finally {
    await client.end()
  }
}

/** Waits until the block is indexed, or fails with what the process printed. */
export async function waitForTip(url: string, chainId: number, wanted: Tip, processor: Running, timeoutMs = 60_000): Promise<void> {
  const deadline = Date.now() + timeoutMs
  for (;;) {
    const tip = await readTip(url, chainId).catch(() => null)
    if (tip?.height === wanted.height && tip.hash === wanted.hash) return
    if (processor.child.exitCode !== null) throw new Error(`processor exited with ${processor.child.exitCode}:\n${processor.output()}`)
    if (Date.now() > deadline)
      throw new Error(`block ${wanted.height} ${wanted.hash} not indexed, at ${JSON.stringify(tip)}:\n${processor.output().slice(-8000)}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
