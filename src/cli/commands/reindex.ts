import {join, resolve} from 'node:path'
import {Command} from 'commander'
import type {BlockRange} from '../../chain/blockRange'
import {type CacheSurvey, surveyCache} from '../../chain/surveyCache'
import {buildPipeline, minTopicsOf, requestsOf} from '../../chainPipeline'
import type {ChainConfig, Config} from '../../config/config'
import {databaseUrl} from '../../config/databaseUrl'
import {configPath, loadConfig} from '../../config/loadConfig'
import {selectChain} from '../../config/selectChain'
import {startEmbeddedPostgres} from '../../postgres/embedded'
import {STANDARDS} from '../../standards/registry'
import {clearChains, openStoredChain} from '../../store/rewindChain'
import {type Stream, startChild, stopChild} from '../../supervisor/childProcess'
import {formatAsRecord, formatForTerminal} from '../../supervisor/formatLine'
import {POSTGRES_DIR} from '../dataDir'
import {exitCodeOf, FAILURE} from '../exitCodes'
import {createLifetime, type Lifetime} from '../lifetime'
import {migrateDatabase} from '../migrateDatabase'
import {ROOT} from '../version'

type ReindexOptions = Readonly<{config?: string; chain?: string; dryRun?: boolean}>

export const reindexCommand = (): Command =>
  new Command('reindex')
    .description('Empty the tables and build them again from the log cache. No node is asked, but for blocks that the cache has lost.')
    .option('-c, --config <path>', 'the configuration file (default: INDEXER_CONFIG, else indexer.yaml)')
    .option('--chain <id>', 'only this chain (default: all that are configured)')
    .option('--dry-run', 'only say what the cache has, and what would be asked of the nodes')
    .addHelpText(
      'after',
      `
Stop the processors first; the API may stay, and answers from what is there meanwhile. Blocks of each chain are indexed up to the last one
that was final when it was kept; the next start goes on from there. A reindex that is cut off is finished by the next start too.
To keep answering from the old tables, name a new database in DB_URL, and point the API there afterwards.

Examples:
  indexer reindex --dry-run
  indexer reindex
  DB_URL=postgres://me:secret@db.example:5432/provenance_new indexer reindex --chain 1

Exit codes: 0 rebuilt, 1 failure (a processor is still running, a node is needed and none answers), 2 wrong usage or configuration.`,
    )
    .action(async ({config: path, chain, dryRun}: ReindexOptions) => {
      const config = loadConfig({path, env: process.env, standards: STANDARDS.map(({name}) => name)})
      const chains = chain === undefined ? config.chains : [selectChain(config, chain)]
      const lifetime = createLifetime({say: console.error})
      try {
        const url =
          databaseUrl(process.env) ?? (await lifetime.own(startEmbeddedPostgres({dir: POSTGRES_DIR}), (server) => server.stop())).url
        await migrateDatabase(url)
        const plans = await Promise.all(chains.map((one) => planChain(one, config, url)))
        for (const plan of plans) console.log(describePlan(plan))
        if (dryRun) return await lifetime.end(0, 'Nothing was changed.')
        await clearChains(
          url,
          plans.map((plan) => plan.chain.id),
        )
        const file = resolve(configPath({path, env: process.env}))
        const codes = await Promise.all(plans.map((plan) => rebuild(plan, file, url, lifetime)))
        const failed = codes.some((code) => code !== 0)
        await lifetime.end(failed ? FAILURE : 0, failed ? 'Not rebuilt; the next start goes on where this ended.' : 'Rebuilt.')
      } catch (error) {
        await lifetime.end(exitCodeOf(error), messageOf(error))
      }
    })

type Plan = Readonly<{chain: ChainConfig; survey: CacheSurvey}>

/** Up to the last block that is stored as final or kept, whichever is higher. */
async function planChain(chain: ChainConfig, config: Config, url: string): Promise<Plan> {
  const pipeline = buildPipeline(chain, config)
  const stored = await openStoredChain(url, chain.id)
  await stored.close()
  const survey = await surveyCache({
    dir: config.cache.dir,
    chainId: chain.id,
    level: chain.verification,
    requests: requestsOf(chain, config, pipeline),
    minTopics: minTopicsOf(chain, pipeline),
    from: chain.startBlock,
    atLeast: stored.final?.number ?? null,
    atMost: chain.endBlock,
  })
  return {chain, survey}
}

const MIB = 2 ** 20
const MAX_LISTED = 20

function describePlan({chain, survey}: Plan): string {
  const {to, segments, bytes, missing, damaged} = survey
  const name = `eip155:${chain.id}`
  if (to === null) return `${name}: nothing was final yet, nothing is kept: start indexes it.`
  if (chain.gateway) return `${name}: blocks ${chain.startBlock}-${to} come from its SQD gateway, which needs no cache.`
  return [
    `${name}: blocks ${chain.startBlock}-${to}, from ${segments} pieces of the log cache (${(bytes / MIB).toFixed(1)} MiB).`,
    ...(damaged.length > 0 ? [`  damaged: ${listOf(damaged)}`] : []),
    missing.length === 0
      ? '  Nothing is missing: no node will be asked.'
      : `  Missing, to be fetched from the nodes: ${listOf(missing.map(describeRange))}`,
  ].join('\n')
}

const describeRange = ({from, to}: BlockRange): string => (from === to ? String(from) : `${from}-${to}`)
const listOf = (items: readonly string[]): string =>
  items.length > MAX_LISTED ? `${items.slice(0, MAX_LISTED).join(', ')} and ${items.length - MAX_LISTED} more` : items.join(', ')

/** A processor of its own, as always, that ends where the plan does. Answers its exit code. */
async function rebuild({chain, survey}: Plan, file: string, url: string, lifetime: Lifetime): Promise<number> {
  if (survey.to === null) return 0
  const name = `processor eip155:${chain.id}`
  const format = process.stdout.isTTY ? formatForTerminal : formatAsRecord
  const child = await lifetime.own(
    startChild(
      {
        name,
        script: join(ROOT, 'lib/main.js'),
        args: ['--config', file, '--chain', String(chain.id), '--to', String(survey.to), '--from-cache'],
        env: {...process.env, DB_URL: url},
        health: {host: process.env['HOST'] || '127.0.0.1', port: {variable: 'PROCESSOR_PORT'}},
        mayFinish: true,
      },
      (line: string, stream: Stream) => console.log(format(name, line, stream)),
    ),
    stopChild,
  )
  return (await child.exited).code ?? FAILURE
}

const messageOf = (error: unknown): string =>
  (error as {code?: string}).code === '55P03'
    ? 'A processor of the chain is still running on this database (or somebody reads its tables at length): stop it first.'
    : error instanceof Error
      ? error.message
      : String(error)
