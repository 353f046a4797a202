import {Pool} from 'pg'
import {createContractReader} from '../../src/metadata/ethCall'
import {createDocumentFetcher, type DocumentFetcherOptions} from '../../src/metadata/fetch/createDocumentFetcher'
import {type ChainWorkerOptions, createChainWorker} from '../../src/metadata/work/createChainWorker'
import {createFeeder} from '../../src/metadata/work/createFeeder'
import {CHAIN} from './filledDatabase'

type Options = Readonly<{
  url: string
  nodeUrl: string | readonly string[]
  fetcher?: Partial<DocumentFetcherOptions>
  worker?: Partial<ChainWorkerOptions>
  rereadHours?: number
}>

/** A metadata worker as its process runs it, without the process. */
export function startMetadataWorker({url, nodeUrl, fetcher: fetching, worker: given, rereadHours = 168}: Options) {
  const pool = new Pool({connectionString: url, max: 8})
  const fetcher = createDocumentFetcher({
    ...{ipfsGateways: [], arweaveGateways: [], allowPrivateAddresses: true, attemptTimeoutMs: 2_000, hedgeMs: 100, totalTimeoutMs: 5_000},
    ...fetching,
  })
  const troubles: Error[] = []
  const processed = {read: 0, failed: 0, interrupted: 0}
  const worker = createChainWorker({
    ...{pool, chainId: CHAIN, fetcher, reader: createContractReader([nodeUrl].flat(), {maxBytes: 1024 * 1024}), concurrency: 16},
    backgroundPerSecond: 1_000,
    onProcessed: (what) => (processed[what] += 1),
    onTrouble: (error) => (error ? troubles.push(error) : undefined),
    ...given,
  })
  const feeder = createFeeder(pool, CHAIN, {backgroundPerSecond: given?.backgroundPerSecond ?? 1_000, rereadHours})
  let stopped = false
  const feeding = (async () => {
    for (; !stopped; await new Promise((resolve) => setTimeout(resolve, 50)))
      await feeder.run().catch((error: Error) => (troubles.push(error), new Promise((resolve) => setTimeout(resolve, 200))))
  })()
  return {
    troubles,
    processed,
    stop: async () => {
      if (stopped) return
      stopped = true
      await feeding
      await worker.stop()
      await fetcher.close()
      await pool.end()
    },
  }
}

/** Asks until the answer will do. @throws Error with the last answer */
export async function until<T>(ask: () => Promise<T>, isGood: (answer: T) => boolean, timeoutMs = 45_000): Promise<T> {
  for (const deadline = Date.now() + timeoutMs; ; await new Promise((resolve) => setTimeout(resolve, 50))) {
    const answer = await ask()
    if (isGood(answer)) return answer
    if (Date.now() > deadline) throw new Error(`still ${JSON.stringify(answer)} after ${timeoutMs} ms`)
  }
}
