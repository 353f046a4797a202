import {DEFAULT_TUNING, type GatewaySettings, type GatewayTuning} from '../../src/chain/gatewaySettings'
import {type Gateway, startGateway} from '../../src/chain/startGateway'
import {CONTRACTS, TRANSFER, UPDATED} from './syntheticChain'

export const REQUESTS = [{address: CONTRACTS, topic0: [TRANSFER, UPDATED], transaction: true}]

export type Noted = Readonly<{level: string; message: string; detail: Readonly<Record<string, unknown>>}>

/** A gateway on this thread, quick to lose patience, and what it says. */
export async function openGateway(
  rpc: readonly string[],
  settings: Omit<Partial<GatewaySettings>, 'tuning'> & Readonly<{tuning?: Partial<GatewayTuning>}> = {},
) {
  const notes: Noted[] = []
  const gateway: Gateway = await startGateway(
    {
      chainId: 1337,
      rpc,
      finality: 'finalized',
      confirmations: 16,
      verification: 'bloom',
      pollIntervalMs: 25,
      cacheDir: null,
      cacheMaxBytes: null,
      knownFinal: null,
      logs: REQUESTS,
      minTopics: {},
      ...settings,
      tuning: {...DEFAULT_TUNING, timeoutMs: 400, asideMs: 300, probeIntervalMs: 50, patienceMs: 20, ...settings.tuning},
    },
    (level, message, detail = {}) => notes.push({level, message, detail}),
  )
  return {...gateway, notes}
}

type ArchiveLog = Readonly<{
  logIndex: number
  transactionIndex: number
  transactionHash: string
  address: string
  topics: readonly string[]
  data: string
}>
export type ArchiveBlock = Readonly<{
  header: Readonly<{number: number; hash: string; parentHash: string; timestamp: number}>
  logs?: readonly ArchiveLog[]
  transactions?: readonly Readonly<{transactionIndex: number; hash: string; from: string}>[]
}>

export const FIELDS = {
  block: {timestamp: true},
  log: {address: true, topics: true, data: true, transactionHash: true},
  transaction: {from: true, hash: true},
}

/** As the archive client of evm-processor does it: worker, query, on from the last block. */
export async function readRange(
  url: string,
  from: number,
  to: number,
  extra: Readonly<Record<string, unknown>> = {logs: REQUESTS},
): Promise<readonly ArchiveBlock[]> {
  const blocks: ArchiveBlock[] = []
  for (let next = from; next <= to; ) {
    const worker = await (await fetch(`${url}/${next}/worker`)).text()
    const response = await fetch(worker, {method: 'POST', body: JSON.stringify({fromBlock: next, toBlock: to, fields: FIELDS, ...extra})})
    if (!response.ok) throw new Error(`${response.status} ${await response.text()}`)
    const part = (await response.json()) as readonly ArchiveBlock[]
    blocks.push(...part)
    next = (part.at(-1)?.header.number ?? Number.POSITIVE_INFINITY) + 1
  }
  return blocks
}

/** Logs in the words of eth_getLogs' essentials, to compare with the chain. */
export const flatten = (blocks: readonly ArchiveBlock[]): readonly string[] =>
  blocks.flatMap(({header, logs = []}) =>
    logs.map((log) => [header.number, header.hash, log.logIndex, log.transactionHash, log.address, log.topics.join(), log.data].join(' ')),
  )
