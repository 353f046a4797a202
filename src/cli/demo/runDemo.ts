import {existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import {join, resolve} from 'node:path'
import {stringify} from 'yaml'
import {loadConfig} from '../../config/loadConfig'
import {STANDARDS} from '../../standards/registry'
import {formatForTerminal} from '../../supervisor/formatLine'
import {exitCodeOf} from '../exitCodes'
import {createLifetime, type Lifetime} from '../lifetime'
import {chooseEndpoint, type Environment, runIndexer} from '../runIndexer'
import {fetchHead} from './isIndexedFrom'
import {type Beginning, type Chain, prepareDemo} from './prepareDemo'
import {describeDemo, waitForAnswer} from './tour'

/** What the demo shows, given by those who know the contracts. `Story`: plain data, kept beside the chain's state. */
export type DemoKit<Story> = Readonly<{
  startChain: (dir: string) => Promise<Chain>
  /** Deploys, and plays the history. */
  tellStory: (chain: Chain, onProgress: (message: string) => void) => Promise<Story>
  /** Goes on making events until it is stopped. `failed` settles when it cannot. */
  startLive: (chain: Chain, story: Story) => Readonly<{failed: Promise<Error>; stop: () => Promise<void>}>
  /** As in indexer.yaml. */
  config: (chain: Chain, story: Story) => unknown
  /** CAIP-19: an asset that has a bit of everything. */
  showcase: (story: Story) => string
}>

export type DemoOptions = Readonly<{dir: string; port?: string | undefined; live: boolean; env: Environment}>

/** Everything on this machine, in one folder. Settles when it runs; ends with the process (see Lifetime). */
export async function runDemo<Story>(kit: DemoKit<Story>, options: DemoOptions): Promise<void> {
  const endpoint = await chooseEndpoint(options.env, options.port)
  const lifetime = createLifetime({say})
  try {
    const {chain, story, databaseUrl} = await prepare(kit, resolve(options.dir), lifetime)
    const configPath = join(resolve(options.dir), 'indexer.yaml')
    writeFileSync(configPath, stringify({...(kit.config(chain, story) as object), cache: {dir: join(resolve(options.dir), 'cache')}}))
    const config = loadConfig({path: configPath, env: {}, standards: STANDARDS.map(({name}) => name)})
    say('Starting the processor and the API ...')
    await runIndexer({
      ...{lifetime, config, configPath, databaseUrl, endpoint, say},
      env: {...options.env, LOG_LEVEL: options.env['LOG_LEVEL'] || 'warn'},
      maxCrashes: 1,
      // What it waits for is the answer itself.
      patienceMs: 0,
      onLine: (child, line) => console.error(formatForTerminal(child, line)),
    })
    const assetId = kit.showcase(story)
    await waitForAnswer(endpoint.graphql, {assetId, height: await fetchHead(chain.rpcUrl)}, say)
    if (options.live) await startLive(kit, chain, story, lifetime)
    console.log(describeDemo({endpoint, assetId, live: options.live, dir: options.dir}))
  } catch (error) {
    await lifetime.end(exitCodeOf(error), error instanceof Error ? error.message : String(error))
  }
}

async function prepare<Story>(kit: DemoKit<Story>, dir: string, lifetime: Lifetime) {
  mkdirSync(dir, {recursive: true})
  say(`The demo lives in ${dir}.\nStarting its database and its chain ...`)
  const storyFile = join(dir, 'chain', 'story.json')
  const isComplete = () => existsSync(storyFile)
  const {database, chain, beginning} = await prepareDemo({dir, lifetime, startChain: kit.startChain, isComplete})
  say(BEGINNINGS[beginning])
  void database.exited.then((log) => lifetime.end(1, `PostgreSQL ended unexpectedly; the end of its log:\n  ${log}`))
  void chain.exited.then((reason) => lifetime.end(1, `The chain ended unexpectedly: ${reason}`))
  if (beginning === 'restored') return {chain, databaseUrl: database.url, story: JSON.parse(readFileSync(storyFile, 'utf8')) as Story}
  const story = await kit.tellStory(chain, say)
  writeFileSync(storyFile, JSON.stringify(story))
  return {chain, databaseUrl: database.url, story}
}

const BEGINNINGS: Readonly<Record<Beginning, string>> = {
  begun: 'A new chain and a new database.',
  restored: 'The chain and the database are restored: both go on where they stopped.',
  afresh: 'What is there cannot go on (the chain has lost blocks, or its history was not finished): both start afresh.',
}

async function startLive<Story>(kit: DemoKit<Story>, chain: Chain, story: Story, lifetime: Lifetime): Promise<void> {
  const live = await lifetime.own(Promise.resolve(kit.startLive(chain, story)), ({stop}) => stop())
  void live.failed.then((error) => lifetime.end(1, `The live activity broke: ${error.message}`))
}

/** Progress for people; standard output gets what the demo is there to say. */
const say = (message: string): void => console.error(message)
