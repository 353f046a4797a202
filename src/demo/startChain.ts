import {type ChildProcess, spawn} from 'node:child_process'
import {existsSync, mkdirSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {watchProcess} from '../supervisor/watchProcess'

/** A local chain; `restored`: it goes on with the blocks of its last run. */
export type LocalChain = Readonly<{rpcUrl: string; chainId: number; restored: boolean; exited: Promise<string>; stop: () => Promise<void>}>

export const LOCAL_CHAIN_ID = 31337

/** The chain's past begins a month ago, so that its times look like those of a chain. */
const PAST_SECONDS = 30 * 24 * 3600
const START_TIMEOUT_MS = 20_000
/** It writes its state to the disk when it is asked to stop. */
const STOP_TIMEOUT_MS = 15_000

/**
 * Anvil on a free port, its state in `dir`. Mines only when told to.
 * @throws Error saying what is missing
 */
export async function startChain(dir: string): Promise<LocalChain> {
  mkdirSync(dir, {recursive: true})
  const state = join(dir, 'state.json')
  const restored = existsSync(state)
  // Without a bound on old states anvil fills the disk; its own folder keeps them out of the user's.
  const args = `--port 0 --chain-id ${LOCAL_CHAIN_ID} --accounts 12 --no-mining --order fifo --gas-limit 3000000000`.split(' ')
  const storage = [
    '--state',
    state,
    '--cache-path',
    join(dir, 'cache'),
    '--prune-history',
    '256',
    '--timestamp',
    String(Math.floor(Date.now() / 1000) - PAST_SECONDS),
  ]
  const child = spawn(anvilBinary(), [...args, ...storage], {
    cwd: dir,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {HOME: dir, PATH: process.env['PATH']},
  })
  const forget = child.pid
    ? watchProcess({pid: child.pid, stage: 1, signal: 'SIGTERM', graceMs: STOP_TIMEOUT_MS, escalation: 'SIGKILL'})
    : () => {}
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output = `${output}${chunk}`.slice(-4_000)))
  const exited = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message))
    child.once('exit', (code, signal) => resolve(`anvil ended (${signal ?? code}): ${output.trimEnd().split('\n').slice(-3).join(' ')}`))
  })
  void exited.then(forget)
  const port = await listeningPort(child, exited)
  return {
    rpcUrl: `http://127.0.0.1:${port}`,
    chainId: LOCAL_CHAIN_ID,
    restored,
    exited,
    stop: async () => {
      child.kill('SIGTERM')
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS)
      await exited
      clearTimeout(timer)
    },
  }
}

/** The binary itself: its npm wrapper would not pass a kill on. */
function anvilBinary(): string {
  const name = `@foundry-rs/anvil-${process.platform === 'win32' ? 'win32' : process.platform}-${process.arch === 'x64' ? 'amd64' : process.arch}`
  try {
    return join(dirname(require.resolve(`${name}/package.json`)), 'bin', process.platform === 'win32' ? 'anvil.exe' : 'anvil')
  } catch {
    throw new Error(`the local chain is not installed (${name}): run npm ci with development and optional dependencies`)
  }
}

function listeningPort(child: ChildProcess, exited: Promise<string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`anvil does not listen after ${START_TIMEOUT_MS / 1000} s`)), START_TIMEOUT_MS)
    let output = ''
    child.stdout?.on('data', (chunk: Buffer) => {
      output += chunk
      const port = /Listening on 127\.0\.0\.1:(\d+)/.exec(output)?.[1]
      if (!port) return
      clearTimeout(timer)
      resolve(Number(port))
    })
    void exited.then((reason) => {
      clearTimeout(timer)
      reject(new Error(`the local chain did not start: ${reason}`))
    })
  })
}
