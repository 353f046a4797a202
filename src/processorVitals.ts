import {Gauge, Registry} from 'prom-client'
import type {ArchiveView} from './chain/archiveWatch'
import type {ChainGateway} from './chain/createChainGateway'
import type {ChainConfig} from './config/config'
import {readNumber, readPort} from './config/readNumber'
import {startHealthServer} from './process/healthServer'
import type {Logger} from './process/logger'
import {createProgress, type Progress} from './process/progress'
import type {Readiness} from './process/readiness'
import {joinMetrics} from './process/subsquidMetrics'
import {judgeProcessor, type ProcessorView, publicReason} from './processorReadiness'
import type {ProgressView} from './progressNotes'

/** What a processor tells about itself, from its first moment on. Who runs it says what has come since. */
export type Vitals = {
  readonly registry: Registry
  readonly progress: Progress
  gateway: ChainGateway | null
  /** Of an SQD gateway that blocks come from alone. */
  archive: (() => ArchiveView) | null
  /** Why the database is waited for. */
  away: string | null
  subsquidMetrics: () => Promise<string>
  readonly close: () => Promise<void>
}

/** Health, readiness and metrics, before anything is waited for. @throws PortTaken @throws ConfigError */
export async function startVitals(chain: ChainConfig, log: Logger): Promise<Vitals> {
  // A wrong limit ends the start, not each question after it.
  stallLimits(chain)
  const registry = new Registry()
  const progress: Progress = createProgress(log, registry, () => chain.endBlock ?? viewOf(vitals).nodeHead)
  const state = () => describeState(chain, vitals)
  const health = await startHealthServer({
    host: process.env['HOST'] || '127.0.0.1',
    port: readPort(process.env, 'PROCESSOR_PORT', 0),
    registry: joinMetrics(registry, () => vitals.subsquidMetrics()),
    readiness: () => judge(chain, vitals),
  })
  const vitals: Vitals = {
    registry,
    progress,
    gateway: null,
    archive: null,
    away: null,
    subsquidMetrics: async () => '',
    close: health.close,
  }
  exposeLag(registry, state)
  log.info(`health, readiness and metrics on port ${health.port}`)
  return vitals
}

type SourceView = Pick<ProcessorView, 'nodeHead' | 'headSeenAtMs' | 'headToldAtMs' | 'problem'>

function viewOf({gateway, archive}: Pick<Vitals, 'gateway' | 'archive'>): SourceView {
  if (archive) {
    const {height, movedAtMs, toldAtMs} = archive()
    return {nodeHead: height, headSeenAtMs: movedAtMs, headToldAtMs: toldAtMs, problem: null}
  }
  const status = gateway?.status()
  return {
    nodeHead: status?.head?.number ?? status?.finalized ?? null,
    headSeenAtMs: status?.head?.announcedAtMs ?? null,
    headToldAtMs: null,
    problem: status?.problem ?? null,
  }
}

/** What is told of it to those who ask for its status. */
export const progressView = (chain: ChainConfig, vitals: Vitals): ProgressView => {
  const {nodeHead, headSeenAtMs} = viewOf(vitals)
  return {head: nodeHead, headSeenAtMs, rates: vitals.progress.rates(), problem: publicReason(judge(chain, vitals))}
}

const judge = (chain: ChainConfig, vitals: Vitals): Readiness =>
  judgeProcessor(describeState(chain, vitals), stallLimits(chain), Date.now())

function describeState(chain: ChainConfig, vitals: Vitals): ProcessorView {
  const {progress, away} = vitals
  const view = viewOf(vitals)
  return {
    ...view,
    chain: `eip155:${chain.id}`,
    problem: away ?? view.problem,
    indexesLeft: progress.indexesLeft(),
    height: progress.height(),
    lastBatchAtMs: progress.lastBatchAt(),
    endBlock: chain.endBlock,
  }
}

const stallLimits = ({headStallSeconds}: ChainConfig) => ({
  stallMs: readNumber(process.env, 'READY_STALL_SECONDS', {fallback: 120, min: 1, max: 31_536_000}) * 1000,
  headStallMs: headStallSeconds === null ? null : headStallSeconds * 1000,
})

/** The same as figures; read when the registry is. */
export function exposeLag(registry: Registry, view: () => ProcessorView): void {
  const gauge = (name: string, help: string, read: (view: ProcessorView) => number | null) =>
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        const value = read(view())
        if (value !== null) this.set(value)
      },
    })
  const since = (ms: number | null) => (ms === null ? null : (Date.now() - ms) / 1000)
  gauge('indexer_lag_blocks', "Blocks between the nodes' head and the last indexed block", ({height, nodeHead}) =>
    height === null || nodeHead === null ? null : Math.max(0, nodeHead - height),
  )
  gauge('indexer_seconds_since_batch', 'Since the last blocks were indexed', ({lastBatchAtMs}) => since(lastBatchAtMs))
  gauge('indexer_seconds_since_head', "Since the nodes' head was last seen to move", ({headSeenAtMs}) => since(headSeenAtMs))
}
