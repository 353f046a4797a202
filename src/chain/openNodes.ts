import {nameNodes} from '../process/redact'
import type {Note} from './gatewayNote'
import type {GatewaySettings} from './gatewaySettings'
import {createNodePool, type NodePool} from './nodePool'
import {type Probe, startProbe} from './nodeProbe'
import {createRpcNode} from './rpcNode'

/** `onWanted`: see createNodePool. */
export function openPool({rpc, tuning}: GatewaySettings, onWanted?: () => void): NodePool {
  const {timeoutMs, asideMs} = tuning
  const names = nameNodes(rpc)
  const nodes = rpc.map((url, i) => createRpcNode({url, name: names[i] as string, timeoutMs, asideMs, onChange: () => pool.wake()}))
  const pool: NodePool = createNodePool(nodes, onWanted)
  return pool
}

export function openProbe(settings: GatewaySettings, pool: NodePool, note: Note): Probe {
  const {chainId, finality, confirmations, tuning} = settings
  return startProbe({
    pool,
    chainId,
    finality,
    fallbackConfirmations: confirmations,
    intervalMs: tuning.probeIntervalMs,
    onNote: (message, detail) => note('warn', message, detail),
    onDispute: (why) => note('error', why, {}),
  })
}

export type StartableProbe = Probe & Readonly<{start: () => void; isStarted: () => boolean}>

/** Nothing is asked of the nodes before somebody needs one. */
export function probeWhenWanted(open: () => Probe): StartableProbe {
  let probe: Probe | null = null
  return {
    isStarted: () => probe !== null,
    start: () => {
      probe ??= open()
    },
    finalized: () => probe?.finalized() ?? null,
    rule: () => probe?.rule() ?? {source: 'confirmations', confirmations: null},
    get first() {
      return probe?.first ?? Promise.resolve()
    },
    close: () => probe?.close(),
  }
}
