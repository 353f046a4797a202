#!/usr/bin/env node
// How fast the chain gateway hands events over to an evm-processor that does nothing with them.
//
//   npm run build && node bench/gateway.mjs --rpc http://127.0.0.1:8645 [--to 20000] [--level bloom] [--cache dir] [--noTransactions] [--all]
//     [--own: evm-processor's own archive client]
//
// The node replays a synthetic chain and is started before; it tells its contracts under /control/info. Prints one JSON line.

import {createRequire} from 'node:module'
import {join, resolve} from 'node:path'
import {parseArgs} from 'node:util'

const require = createRequire(import.meta.url)
const {values} = parseArgs({
  options: {
    rpc: {type: 'string', multiple: true},
    to: {type: 'string'},
    level: {type: 'string', default: 'bloom'},
    cache: {type: 'string'},
    lib: {type: 'string', default: resolve(import.meta.dirname, '../lib')},
    noTransactions: {type: 'boolean', default: false},
    all: {type: 'boolean', default: false},
    own: {type: 'boolean', default: false},
    tuning: {type: 'string', default: '{}'},
    verbose: {type: 'boolean', default: false},
  },
})
const rpc = values.rpc ?? ['http://127.0.0.1:8645']
const {EvmBatchProcessor} = createRequire(join(values.lib, 'main.js'))('@subsquid/evm-processor')
const {createChainGateway} = require(join(values.lib, 'chain/createChainGateway.js'))
const {EventFragment} = createRequire(join(values.lib, 'main.js'))('ethers')

process.env.SQD_LOG_LEVEL ??= 'warn'
const info = await (await fetch(`${rpc[0]}/control/info`)).json()
const to = Number(values.to ?? info.lastEventBlock)
const topic0 = info.events.map((text) => EventFragment.from(text).topicHash)
const address = values.all ? undefined : info.collections
const request = {...(address ? {address} : {}), topic0, transaction: !values.noTransactions}
const gateway = await createChainGateway(
  {id: info.chainId, rpc, finality: 'finalized', verification: values.level, pollIntervalMs: 1000},
  {
    note: (level, message, detail) => (values.verbose || level === 'error') && console.error(level, message, detail),
    cacheDir: values.cache ?? null,
    logs: [request],
    tuning: JSON.parse(values.tuning),
    onFailure: (error) => console.error(error),
  },
)
const processor = new EvmBatchProcessor()
  .setFields({block: {timestamp: true}, log: {address: true, topics: true, data: true, transactionHash: true}, transaction: {from: true}})
  .setGateway({url: gateway.url, requestTimeout: gateway.requestTimeoutMs})
  .setRpcDataIngestionSettings({disabled: true})
  .setBlockRange({from: 0, to})
  .addLog(request)

if (!values.own) require(join(values.lib, 'chain/gatewaySource.js')).useGateway(processor, gateway)
const started = performance.now()
let events = 0
let batches = 0
let blocks = 0
let peak = 0
const timer = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 50)
const finish = async (height) => {
  const seconds = (performance.now() - started) / 1000
  clearInterval(timer)
  const {cpuUsage} = process
  const cpu = cpuUsage()
  const status = gateway.status()
  console.log(
    JSON.stringify({
      level: values.level,
      events,
      blocks,
      batches,
      height,
      seconds: +seconds.toFixed(2),
      eventsPerSecond: Math.round(events / seconds),
      cpuSeconds: +((cpu.user + cpu.system) / 1e6).toFixed(1),
      peakMb: Math.round(peak / 2 ** 20),
      verification: status.verification,
      cache: status.cache,
      requests: status.nodes.map(({name, requests, calls}) => ({name, requests, calls})),
    }),
  )
  await gateway.close()
  process.exit(0)
}
processor.run(
  {
    supportsHotBlocks: false,
    connect: async () => ({height: -1, hash: '0x'}),
    transact: async (batch, handle) => {
      await handle({})
      if (batch.nextHead.height >= to) await finish(batch.nextHead.height)
    },
  },
  async (context) => {
    batches += 1
    blocks += context.blocks.length
    for (const block of context.blocks) events += block.logs.length
  },
)
