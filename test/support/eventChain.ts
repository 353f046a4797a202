import {type ChildProcess, spawn} from 'node:child_process'
import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import type {RawLog} from './randomLogs'

const hex = (bytes: readonly number[]) => bytes.map((b) => b.toString(16).padStart(2, '0')).join('')

/**
 * EVM code that logs what it is called with: word 0 the number of topics, then the topics, then the data. Any contract can emit any log,
 * and this one does.
 */
function emitterCode(): string {
  // n = calldataload(0); off = 32 + 32n; len = calldatasize - off; calldatacopy(0, off, len); leaves n, len
  const head = [0x5f, 0x35, 0x80, 0x60, 5, 0x1b, 0x60, 32, 0x01, 0x80, 0x36, 0x03, 0x80, 0x82, 0x5f, 0x37, 0x90, 0x50]
  const counts = [1, 2, 3, 4]
  const branchBytes = 8
  const log0 = [0x5f, 0xa0, 0x00]
  const bodies = counts.map((k) => [
    0x5b,
    ...Array.from({length: k}, (_, i) => [0x60, 32 * (k - i), 0x35]).flat(),
    0x80 + k,
    0x5f,
    0xa0 + k,
    0x00,
  ])
  let at = head.length + branchBytes * counts.length + log0.length
  const branches = counts.flatMap((k, i) => {
    const target = at
    at += bodies[i]?.length ?? 0
    return [0x81, 0x60, k, 0x14, 0x61, target >> 8, target & 255, 0x57]
  })
  return `0x${hex([...head, ...branches, ...log0, ...bodies.flat()])}`
}

const SENDER = '0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266'

export type Tip = Readonly<{height: number; hash: string}>

export type EventChain = Readonly<{
  url: string
  wsUrl: string
  chainId: number
  rpc: (method: string, ...params: readonly unknown[]) => Promise<unknown>
  /** One block with these logs, in order. */
  mine: (logs: readonly RawLog[]) => Promise<Tip>
  tip: () => Promise<Tip>
  snapshot: () => Promise<string>
  /** Forgets every block after the snapshot. */
  revert: (snapshot: string) => Promise<void>
  stop: () => Promise<void>
}>

/** A real EVM on a free port, on which every address in a log is a contract that emits it. */
export async function startEventChain(chainId = 31337): Promise<EventChain> {
  const dir = mkdtempSync(join(tmpdir(), 'indexer-anvil-'))
  const binary = join(dirname(require.resolve('@foundry-rs/anvil-linux-amd64/package.json')), 'bin/anvil')
  const child = spawn(
    binary,
    [
      '--port',
      '0',
      '--chain-id',
      String(chainId),
      '--no-mining',
      '--cache-path',
      dir,
      '--prune-history',
      '256',
      '--gas-limit',
      '1000000000',
    ],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {HOME: dir, PATH: process.env['PATH']},
    },
  )
  const port = await listeningPort(child)
  const url = `http://127.0.0.1:${port}`
  let id = 0
  const rpc = async (method: string, ...params: readonly unknown[]): Promise<unknown> => {
    id += 1
    const response = await fetch(url, {
      method: 'POST',
      headers: {'content-type': 'application/json'},
      body: JSON.stringify({jsonrpc: '2.0', id, method, params}),
    })
    const reply = (await response.json()) as {result?: unknown; error?: {message: string}}
    if (reply.error) throw new Error(`${method}: ${reply.error.message}`)
    return reply.result
  }
  const code = emitterCode()
  const emitters = new Set<string>()
  const tip = async (): Promise<Tip> => {
    const block = (await rpc('eth_getBlockByNumber', 'latest', false)) as {number: string; hash: string}
    return {height: Number(block.number), hash: block.hash}
  }
  const mine = async (logs: readonly RawLog[]): Promise<Tip> => {
    for (const {address} of logs) {
      if (emitters.has(address)) continue
      emitters.add(address)
      await rpc('anvil_setCode', address, code)
    }
    for (const {address, topics, data} of logs) {
      const input = `0x${topics.length.toString(16).padStart(64, '0')}${topics.map((t) => t.slice(2)).join('')}${data.slice(2)}`
      await rpc('eth_sendTransaction', {from: SENDER, to: address, data: input, gas: '0x200000'})
    }
    await rpc('evm_mine')
    return tip()
  }
  return {
    url,
    wsUrl: url.replace('http', 'ws'),
    chainId,
    rpc,
    mine,
    tip,
    snapshot: async () => (await rpc('evm_snapshot')) as string,
    revert: async (snapshot) => {
      await rpc('evm_revert', snapshot)
      // The code of contracts that were set after the snapshot went with it.
      emitters.clear()
    },
    stop: async () => {
      const exited = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGKILL')
      await exited
      rmSync(dir, {recursive: true, force: true})
    },
  }
}

function listeningPort(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let output = ''
    child.stdout?.on('data', (chunk: Buffer) => {
      output += chunk
      const port = /Listening on 127\.0\.0\.1:(\d+)/.exec(output)?.[1]
      if (port) resolve(Number(port))
    })
    child.once('exit', (code) => reject(new Error(`anvil exited with ${code}: ${output}`)))
  })
}
