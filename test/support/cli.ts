import {type ChildProcess, spawn} from 'node:child_process'
import {mkdtempSync, readdirSync, readFileSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {readWorkingDirectory} from '../../src/supervisor/processTable'
import {copyFiles} from './layCluster'

export const ROOT = join(__dirname, '../..')

/** A command of the built CLI, in a folder of its own as a person would give it in a terminal. */
export type Command = Readonly<{
  pid: number
  output: () => string
  exited: Promise<number | null>
  /** Waits until it printed that, or fails with what it printed. */
  printed: (pattern: RegExp, timeoutMs?: number) => Promise<RegExpMatchArray>
  /** To itself alone, or as Ctrl-C does: to its whole process group. */
  signal: (signal: NodeJS.Signals, to?: 'itself' | 'group') => void
  /** Everything that runs for it, by id: its command line, without itself. */
  processes: () => ReadonlyMap<number, string>
}>

export type Sandbox = Readonly<{
  dir: string
  indexer: (args: readonly string[], env?: Readonly<Record<string, string>>) => Command
  /** CommonJS source, as a process of its own. */
  script: (source: string) => Command
  remove: () => Promise<void>
}>

/** A folder to give commands in, with a copy of what is in `from`: a first start is long, and most tests are about something else. Removing it ends what still runs for it. */
export function createSandbox(from?: string): Sandbox {
  const dir = mkdtempSync(join(tmpdir(), 'indexer-cli-'))
  // Not joined: that would leave out the dot, which says what is in it.
  if (from) copyFiles(`${from}/.`, dir)
  const commands: Command[] = []
  const start = (args: readonly string[], env: Readonly<Record<string, string>>) => {
    const command = startCommand(dir, args, env)
    commands.push(command)
    return command
  }
  return {
    dir,
    indexer: (args, env = {}) => start([join(ROOT, 'lib/cli/main.js'), ...args], env),
    script: (source) => start(['-e', source], {}),
    remove: async () => {
      for (const command of commands) {
        const left = command.processes()
        command.signal('SIGKILL', 'group')
        for (const pid of left.keys()) tryKill(pid)
      }
      rmSync(dir, {recursive: true, force: true, maxRetries: 20, retryDelay: 100})
    },
  }
}

function startCommand(dir: string, args: readonly string[], env: Readonly<Record<string, string>>): Command {
  const child = spawn(process.execPath, [...args], {
    cwd: dir,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {PATH: process.env['PATH'], GQL_PORT: '0', INDEXER_TEST_FOLDER: dir, ...env},
  })
  const pid = Number(child.pid)
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk))
  return {
    pid,
    output: () => output,
    // 'close': with the last of its output.
    exited: new Promise((resolve) => child.once('close', (code) => resolve(code))),
    printed: (pattern, timeoutMs = 90_000) => waitForOutput(child, () => output, pattern, timeoutMs),
    signal: (signal, to = 'itself') => tryKill(to === 'group' ? -pid : pid, signal),
    processes: () => findProcesses(dir, pid),
  }
}

async function waitForOutput(child: ChildProcess, output: () => string, pattern: RegExp, timeoutMs: number): Promise<RegExpMatchArray> {
  for (const deadline = Date.now() + timeoutMs; ; await new Promise((resolve) => setTimeout(resolve, 50))) {
    const match = output().match(pattern)
    if (match) return match
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error(`ended (${child.exitCode ?? child.signalCode}) without ${pattern}:\n${output()}`)
    if (Date.now() > deadline) throw new Error(`did not print ${pattern} within ${timeoutMs} ms:\n${output()}`)
  }
}

const tryKill = (pid: number, signal: NodeJS.Signals = 'SIGKILL'): void => {
  try {
    process.kill(pid, signal)
  } catch {
    // Gone already.
  }
}

/** By the folder in a process's command line, environment or working directory; the warden by whose it is. Zombies are not running. */
function findProcesses(dir: string, parent: number): ReadonlyMap<number, string> {
  const found = new Map<number, string>()
  for (const entry of readdirSync('/proc')) {
    const pid = Number(entry)
    if (!Number.isInteger(pid) || pid === parent) continue
    const commandLine = readOrEmpty(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').trim()
    const places = [commandLine, readOrEmpty(`/proc/${pid}/environ`), readWorkingDirectory(pid) ?? '']
    const isIts = commandLine.endsWith(`warden.js ${parent}`) || places.some((text) => text.includes(dir))
    if (isIts && commandLine) found.set(pid, commandLine)
  }
  return found
}

const readOrEmpty = (path: string): string => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

/** Empty when nothing runs any more; else, when time is up, what still does. */
export async function waitUntilNothingRuns(command: Command, timeoutMs: number): Promise<readonly string[]> {
  for (const deadline = Date.now() + timeoutMs; ; await new Promise((resolve) => setTimeout(resolve, 100))) {
    const left = [...command.processes().values()]
    if (left.length === 0 || Date.now() > deadline) return left
  }
}
