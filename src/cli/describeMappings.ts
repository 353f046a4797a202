import type {ChainConfig, Config} from '../config/config'
import {buildConfiguredLayout} from '../configured/configuredStandard'
import {creationMapping} from '../configured/creationMapping'
import type {EventMapping} from '../configured/eventMapping'
import type {EventLayout} from '../domain/standard'
import {redactText} from '../process/redact'
import {findExample, type MappingExample} from './mappingExample'

/** Every own shape with its topic hash and what the newest log of it means, chain by chain. */
export async function describeMappings({chains, events}: Config): Promise<string> {
  const lines: string[] = []
  for (const chain of chains) {
    const own = chain.factories.map((factory, i): readonly [string, EventMapping] => [`factories[${i}]`, creationMapping(factory)])
    const shared = events.map((mapping, i): readonly [string, EventMapping] => [`events[${i}]`, mapping])
    for (const [name, mapping] of [...shared, ...own]) lines.push(...(await describeMapping(chain, name, mapping)))
  }
  return lines.join('\n')
}

async function describeMapping(chain: ChainConfig, name: string, mapping: EventMapping): Promise<readonly string[]> {
  const result = buildConfiguredLayout(mapping)
  if (!result.ok) return []
  const {layout} = result
  return [
    `${name} on chain ${chain.id}: ${layout.signature} means ${mapping.as}`,
    `  topic0      ${layout.topic0}, ${layout.topicCount} topics`,
    `  example     ${await describeExample(chain, mapping, layout)}`,
  ]
}

async function describeExample({id, rpc}: ChainConfig, mapping: EventMapping, layout: EventLayout): Promise<string> {
  const reasons: string[] = []
  for (const url of rpc) {
    const example = await findExample(url, {chainId: id, mapping, layout})
    if (example.kind !== 'unanswered') return textOf(example)
    reasons.push(example.reason)
  }
  return rpc.length === 0 ? 'no node is configured to look for one' : `no node answers: ${redactText(reasons.join('; '), rpc)}`
}

function textOf(example: Exclude<MappingExample, {kind: 'unanswered'}>): string {
  if (example.kind === 'none') return `none in blocks ${example.from} to ${example.to}`
  const {log, meaning} = example
  return `block ${log.blockNumber} log ${log.logIndex} of ${log.address}: ${meaning}`
}
