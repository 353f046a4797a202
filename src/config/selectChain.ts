import type {ChainConfig, Config} from './config'
import {ConfigError} from './configError'

/** The chain that `--chain` names, as `1` or `eip155:1`; without it the only one. @throws ConfigError */
export function selectChain({chains}: Config, wanted: string | undefined): ChainConfig {
  const ids = chains.map(({id}) => id).join(', ')
  if (wanted === undefined) {
    if (chains.length === 1 && chains[0]) return chains[0]
    throw new ConfigError('The command', [{path: '--chain', message: `several chains are configured, say which one this is for: ${ids}`}])
  }
  const chain = chains.find(({id}) => String(id) === wanted.replace(/^eip155:/, ''))
  if (chain) return chain
  throw new ConfigError('The command', [{path: '--chain', message: `chain ${wanted} is not configured; configured are ${ids}`}])
}
