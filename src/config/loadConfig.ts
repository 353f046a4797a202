import {readFileSync} from 'node:fs'
import {isDeepStrictEqual} from 'node:util'
import type {z} from 'zod'
import {buildConfiguredLayout} from '../configured/configuredStandard'
import {creationMapping} from '../configured/creationMapping'
import type {EventMapping} from '../configured/eventMapping'
import type {EventType} from '../domain/event'
import {parseAddress} from '../domain/hex'
import type {Config} from './config'
import {ConfigError, type ConfigProblem} from './configError'
import {parseYaml} from './parseYaml'
import {fileSchema, type ParsedFile} from './schema'
import {substituteEnvironment} from './substituteEnvironment'

type Options = Readonly<{
  /** By `--config`; else INDEXER_CONFIG, else ./indexer.yaml. */
  path?: string | undefined
  env: Readonly<Record<string, string | undefined>>
  /** Folder names under src/standards; without them contracts' lists are not checked. */
  standards?: readonly string[]
}>

export const configPath = ({path, env}: Pick<Options, 'path' | 'env'>): string => path ?? (env['INDEXER_CONFIG'] || 'indexer.yaml')

/** @throws ConfigError naming every problem with its path in the file */
export function loadConfig(options: Options): Config {
  const path = configPath(options)
  return parseConfig(readConfigFile(path), {...options, path})
}

/** `text`: the YAML. @throws ConfigError */
export function parseConfig(text: string, {path = 'indexer.yaml', env, standards}: Options): Config {
  const written = parseYaml(text)
  if (written.problems.length > 0) throw new ConfigError(path, written.problems)
  const {value, problems: unset} = substituteEnvironment(written.value, env)
  if (unset.length > 0) throw new ConfigError(path, unset)
  const parsed = fileSchema.safeParse(value ?? {})
  if (!parsed.success)
    throw new ConfigError(
      path,
      parsed.error.issues.flatMap((issue) => describeIssue(issue, '')),
    )
  const config = completeConfig(parsed.data)
  const problems = [...(standards ? checkStandards(config, standards) : []), ...checkEvents(config), ...checkFactories(config)]
  if (problems.length > 0) throw new ConfigError(path, problems)
  return config
}

function readConfigFile(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const reason =
      (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'there is no such file' : `it cannot be read: ${(error as Error).message}`
    const help = 'See it run without one: npm run demo. Make one: npx indexer init (annotated), or copy indexer.example.yaml'
    throw new ConfigError(path, [
      {path: '', message: reason},
      {path: '', message: help},
    ])
  }
}

const formatPath = (path: readonly PropertyKey[], prefix: string): string =>
  path.reduce<string>((text, key) => (typeof key === 'number' ? `${text}[${key}]` : text ? `${text}.${String(key)}` : String(key)), prefix)

/** Of the alternatives of a union, the one that came nearest speaks: the one with problems deepest inside. */
function describeIssue(issue: z.core.$ZodIssue, prefix: string): readonly ConfigProblem[] {
  const path = formatPath(issue.path, prefix)
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({path: path ? `${path}.${key}` : key, message: 'unknown key: is it misspelt, or in the wrong place?'}))
  if (issue.code === 'invalid_union') {
    const inner = issue.errors.filter((errors) =>
      errors.some((error) => error.path.length > 0 || (error.code !== 'invalid_type' && error.code !== 'invalid_value')),
    )
    const nearest = inner.sort((a, b) => depth(b) - depth(a))[0]
    if (nearest && depth(nearest) > 0) return nearest.flatMap((error) => describeIssue(error, path))
  }
  if (issue.code === 'invalid_key') return issue.issues.map(({message}) => ({path, message}))
  if (issue.code === 'invalid_type' && issue.message.includes('received undefined')) return [{path, message: 'missing'}]
  return [{path, message: issue.message}]
}

const depth = (errors: readonly z.core.$ZodIssue[]): number => Math.max(0, ...errors.map((error) => error.path.length))

const completeConfig = ({roles, events, chains, ...rest}: ParsedFile): Config => ({
  ...rest,
  chains: chains.map(({factories, ...chain}) => ({
    ...chain,
    factories: factories.map(({address, ...factory}) => ({...factory, addresses: [address].flat()})),
  })),
  roles: new Map(Object.entries(roles).map(([address, role]) => [parseAddress(address), role])),
  events: events.map(
    ({contract, event, as, fields}): EventMapping => ({
      contracts: contract === '*' ? '*' : Array.isArray(contract) ? contract : [contract],
      event,
      // Checked by checkEvents: an unknown name is a problem of the mapping.
      as: as as EventType,
      fields,
    }),
  ),
})

const checkStandards = (config: Config, standards: readonly string[]): readonly ConfigProblem[] =>
  config.chains.flatMap(({contracts}, i) =>
    contracts === '*'
      ? []
      : contracts.flatMap((contract, j) =>
          (contract.standards ?? [])
            .map((name, k) => ({name, path: `chains[${i}].contracts[${j}].standards[${k}]`}))
            .filter(({name}) => !standards.includes(name))
            .map(({name, path}) => ({path, message: `unknown standard ${JSON.stringify(name)}; known are ${standards.join(', ')}`})),
        ),
  )

const checkEvents = (config: Config): readonly ConfigProblem[] =>
  config.events.flatMap((mapping, i) => {
    const result = buildConfiguredLayout(mapping)
    const first = config.events.findIndex((other) => isRepeated(other, mapping))
    if (first < i) return [{path: `events[${i}]`, message: `says the same as events[${first}], of a contract that both name`}]
    return result.ok ? [] : result.problems.map(({path, message}) => ({path: `events[${i}].${path}`, message}))
  })

/** Every shape that fits a log counts: one that is there twice would tell each payment twice. */
const isRepeated = ({contracts: some, ...one}: EventMapping, {contracts: others, ...other}: EventMapping): boolean =>
  isDeepStrictEqual(one, other) && (some === '*' || others === '*' ? some === others : some.some((address) => others.includes(address)))

const checkFactories = (config: Config): readonly ConfigProblem[] =>
  config.chains.flatMap(({factories}, i) =>
    factories.flatMap((factory, j) => {
      const result = buildConfiguredLayout(creationMapping(factory))
      const at = (path: string) => `chains[${i}].factories[${j}].${path === 'fields.contract' ? 'child' : path}`
      return result.ok ? [] : result.problems.map(({path, message}) => ({path: at(path), message}))
    }),
  )
