import type {ChainConfig, Config} from '../config/config'
import {redactUrl} from '../process/redact'

/** What the configuration comes to, without a key of any URL. `database`: null for the embedded one. */
export function describeConfig(config: Config, database: string | null): string {
  const {cache, metadata, roles, webhooks, events, api} = config
  return [
    ...config.chains.flatMap(describeChain),
    `database      ${database ? redactUrl(database) : 'embedded PostgreSQL under .data/postgres (set DB_URL for another)'}`,
    `cache         ${cache.dir}${cache.maxBytes === null ? '' : `, at most ${cache.maxBytes} bytes`}`,
    `events        ${events.length === 0 ? 'no shapes of their own' : events.map(({event, as}) => `${event.split('(')[0]} as ${as}`).join(', ')}`,
    `roles         ${roles.size === 0 ? 'none' : [...roles].map(([address, role]) => `${address} ${role}`).join(', ')}`,
    `webhooks      ${webhooks.length === 0 ? 'only those that API keys register' : webhooks.map(({name, url}) => `${name} at ${new URL(url).host}`).join(', ')}`,
    `metadata      IPFS by ${describeGateways(metadata.ipfsGateways)}, Arweave by ${describeGateways(metadata.arweaveGateways)}, private addresses ${metadata.allowPrivateAddresses ? 'allowed' : 'refused'}`,
    `api           introspection ${api.introspection ? 'on' : 'off'}, CORS ${api.cors.length === 0 ? 'off' : api.cors.join(' ')}${api.replicaUrl ? `, reads from ${redactUrl(api.replicaUrl)}` : ''}`,
  ].join('\n')
}

const describeGateways = (gateways: readonly string[]): string => (gateways.length === 0 ? 'no gateway' : gateways.map(redactUrl).join(' '))

function describeChain(chain: ChainConfig): readonly string[] {
  const {id, rpc, gateway, finality, startBlock, endBlock, contracts, factories, trusted, verification, pollIntervalMs} = chain
  return [
    `chain ${id}`,
    `  history     ${gateway ? `${redactUrl(gateway)} (gateway)` : 'by RPC'}`,
    `  rpc         ${rpc.length === 0 ? 'none: finalized blocks only' : rpc.map(redactUrl).join(' ')}, asked every ${pollIntervalMs} ms, verification ${verification}`,
    `  blocks      ${startBlock} to ${endBlock ?? 'the head'}, final ${finality === 'finalized' ? 'by the node’s finalized tag' : `after ${finality} confirmations`}`,
    `  contracts   ${contracts === '*' ? 'every contract that emits a standard' : ''}`.trimEnd(),
    ...(contracts === '*'
      ? []
      : contracts.map(
          ({address, standards, startBlock: from}) =>
            `    ${address} from block ${from}, ${standards ? standards.join(' ') : 'all standards'}`,
        )),
    ...factories.map(
      ({addresses, event, child, startBlock: from}) => `  factory     ${addresses.join(' ')} from block ${from}: ${child} of ${event}`,
    ),
    `  trusted     ${trusted.length === 0 ? 'nobody beside each contract itself' : trusted.join(' ')}`,
    '',
  ]
}
