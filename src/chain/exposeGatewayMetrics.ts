import {Gauge, type Registry} from 'prom-client'
import {type GatewayStatus, gatewayMetrics} from './gatewayStatus'

/** Adds the gateway's numbers to a registry; they are read when the registry is. */
export function exposeGatewayMetrics(registry: Registry, status: () => GatewayStatus): void {
  for (const {name, help, values} of gatewayMetrics(status())) {
    const labelNames = name.startsWith('chain_gateway_node_') ? ['chain', 'node', 'kind'] : Object.keys(values[0]?.labels ?? {})
    new Gauge({
      name,
      help,
      labelNames,
      registers: [registry],
      collect() {
        const metric = gatewayMetrics(status()).find((candidate) => candidate.name === name)
        for (const {labels, value} of metric?.values ?? []) this.set(labels, value)
      },
    })
  }
}
