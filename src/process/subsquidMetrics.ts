import type {Registry} from 'prom-client'

type Metrics = Readonly<{removeSingleMetric: (name: string) => void; metrics: () => Promise<string>}>

/**
 * evm-processor always starts a metrics server of its own, on every interface and, unless told otherwise, a random port, with RPC URLs (and
 * the keys in them) as labels. This takes its figures without the URLs, and lets it listen nowhere: `/metrics` of the health server has them.
 */
export function takeSubsquidMetrics(processor: object): () => Promise<string> {
  const server = (processor as {getPrometheusServer?: () => {serve: unknown; registry?: unknown}}).getPrometheusServer?.()
  const registry = server?.registry as Metrics | undefined
  if (!server || typeof registry?.metrics !== 'function')
    throw new Error('@subsquid/evm-processor keeps its metrics elsewhere: src/process/subsquidMetrics.ts must be read again')
  server.serve = async () => ({port: 0, close: async () => {}})
  return async () => {
    registry.removeSingleMetric('sqd_rpc_request_count')
    return registry.metrics()
  }
}

/** Both registries as one page. */
export const joinMetrics = (own: Registry, subsquid: () => Promise<string>): Pick<Registry, 'metrics' | 'contentType'> => ({
  contentType: own.contentType,
  metrics: async () => `${await own.metrics()}\n${await subsquid()}`,
})
