// The APIs that are compared, each as its own process on the first core.
import {execFileSync, spawn} from 'node:child_process'
import {cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join, resolve} from 'node:path'
import {stringify} from 'yaml'
import {freePort} from '../processes.mjs'

const root = resolve(import.meta.dirname ?? '.', '../..')
const CORE = '0'

/** A peer in a folder of its own with its own packages, installed once. */
function install(name) {
  const dir = join(tmpdir(), `indexer-bench-${name}`)
  const from = join(root, 'bench/peers', name)
  mkdirSync(dir, {recursive: true})
  cpSync(from, dir, {recursive: true, filter: (path) => !path.includes('node_modules')})
  const wanted = readFileSync(join(from, 'package.json'), 'utf8')
  const ready = join(dir, 'ready')
  if (!existsSync(ready) || readFileSync(ready, 'utf8') !== wanted) {
    execFileSync('npm', ['install', '--no-audit', '--no-fund'], {cwd: dir, stdio: 'ignore'})
    writeFileSync(ready, wanted)
  }
  return dir
}

const START = {
  raw: ({plain, port}) => [['node', join(root, 'bench/api/raw.mjs')], root, {DB_URL: plain, PORT: port}],
  ours: ({url, port, chainId, node = []}) => {
    const dir = mkdtempSync(join(tmpdir(), 'indexer-bench-config-'))
    const config = join(dir, 'indexer.yaml')
    writeFileSync(config, stringify({chains: [{id: chainId, rpc: ['http://127.0.0.1:1'], contracts: '*'}]}))
    return [['node', ...node, join(root, 'lib/api/main.js'), '--config', config], root, {DB_URL: url, GQL_PORT: port, LOG_LEVEL: 'warn'}]
  },
  openreader: ({plain, port}) => {
    const dir = install('openreader')
    rmSync(join(dir, 'lib'), {recursive: true, force: true})
    cpSync(join(dir, 'src'), join(dir, 'lib'), {recursive: true})
    return [['node', 'node_modules/@subsquid/graphql-server/bin/run.js', '--no-squid-status'], dir, {DB_URL: plain, GQL_PORT: port}]
  },
  postgraphile: ({plain, port}) => [
    ['node', 'server.mjs'],
    install('postgraphile'),
    {DB_URL: plain, PORT: port, GRAPHILE_ENV: 'production'},
  ],
}

/** `database`: its URL for us, for the peers' role, and the chain it holds. `node`: options for our Node.js, e.g. --cpu-prof. */
export async function startServer(name, {url, plain, chainId}, node) {
  const port = await freePort()
  const [command, cwd, env] = START[name]({url, plain, chainId, port: String(port), node})
  const child = spawn('taskset', ['-c', CORE, ...command], {
    cwd,
    env: {...process.env, NODE_ENV: 'production', ...env},
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  for (let i = 0; i < 240; i++) {
    const isUp = await fetch(`http://127.0.0.1:${port}/`).then(
      () => true,
      () => false,
    )
    if (isUp) return {name, port, cpu: () => cpuOf(child.pid), memory: () => memoryOf(child.pid), stop: () => stop(child)}
    if (child.exitCode !== null) break
    await new Promise((done) => setTimeout(done, 250))
  }
  throw new Error(`${name} did not start`)
}

const stop = (child) =>
  new Promise((done) => {
    child.once('exit', done)
    child.kill('SIGTERM')
    setTimeout(() => child.kill('SIGKILL'), 8_000).unref()
  })

/** Seconds, as the operating system counts them. */
function cpuOf(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ')
  return (Number(fields[11]) + Number(fields[12])) / 100
}

/** Megabytes now. */
export const memoryOf = (pid) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024
