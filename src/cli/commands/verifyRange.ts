import {Command, Option} from 'commander'
import {Client} from 'pg'
import {buildGatewaySettings} from '../../chain/createChainGateway'
import type {Verification} from '../../chain/fetchRange'
import {openRangeReader, type ReadRange} from '../../chain/rangeReader'
import {periodsOf} from '../../chain/requestPeriods'
import {buildPipeline, minTopicsOf, requestsOf} from '../../chainPipeline'
import type {ChainConfig} from '../../config/config'
import {ConfigError} from '../../config/configError'
import {requireDatabaseUrl} from '../../config/databaseUrl'
import {loadConfig} from '../../config/loadConfig'
import {nodeUrl} from '../../config/schema'
import {selectChain} from '../../config/selectChain'
import type {Pipeline} from '../../pipeline/handler'
import type {CreatedContracts} from '../../pipeline/store'
import {STANDARDS} from '../../standards/registry'
import {loadCreated} from '../../store/createdContracts'
import {HISTORY_TABLES, loadHistory, loadRows, type Query} from '../../store/loadRows'
import {openStoredChain} from '../../store/rewindChain'
import {exitCodeOf, FAILURE} from '../exitCodes'
import {compareHistory, type Difference} from '../verify/compareHistory'
import {expectedHistory} from '../verify/expectedHistory'

type VerifyOptions = Readonly<{
  config?: string
  chain?: string
  from?: string
  to?: string
  rpc?: readonly string[]
  level: Verification
  patience: string
}>

export const verifyRangeCommand = (): Command =>
  new Command('verify-range')
    .description('Compare stored history with the chain, by any node, and report each difference by block and log. Changes nothing.')
    .option('-c, --config <path>', 'the configuration file (default: INDEXER_CONFIG, else indexer.yaml)')
    .option('--chain <id>', 'which chain; may be left out when one is configured')
    .option('--from <block>', 'first block (default: where the chain begins)')
    .option('--to <block>', 'last block (default: the last one that is stored as final)')
    .option('--rpc <url...>', 'the nodes to compare with (default: those of the configuration)')
    .addOption(
      new Option('--level <level>', "how the nodes' answers are checked themselves")
        .choices(['none', 'bloom', 'receipts'])
        .default('receipts'),
    )
    .option('--patience <seconds>', 'how long to wait for a good answer', '60')
    .addHelpText(
      'after',
      `
Every table that names the log of its rows is compared: rows that are missing, rows that no log accounts for, and columns that differ.
What a row took from earlier blocks (as the incarnation of a token) is not judged, so that any range can be checked alone.
The database is the one of DB_URL (or DATABASE_URL, or DB_HOST, DB_PORT, DB_NAME, DB_USER, DB_PASS); it may be in use.

Examples:
  indexer verify-range
  indexer verify-range --chain 1 --from 18000000 --to 18001000
  indexer verify-range --chain 1 --rpc https://another-node.example --level bloom

Exit codes: 0 all is as on the chain, 1 differences, or a failure (no node answers well), 2 wrong usage or configuration.`,
    )
    .action(async (options: VerifyOptions) => {
      try {
        process.exitCode = (await verify(options)) === 0 ? 0 : FAILURE
      } catch (error) {
        console.error(error instanceof Error ? error.message : String(error))
        process.exitCode = exitCodeOf(error)
      }
    })

const TELL_EVERY_MS = 5_000

/** Answers the number of differences. */
async function verify({config: path, chain: wanted, from, to, rpc, level, patience}: VerifyOptions): Promise<number> {
  const config = loadConfig({path, env: process.env, standards: STANDARDS.map(({name}) => name)})
  const chosen = selectChain(config, wanted)
  const chain = {...chosen, rpc: rpc?.map(requireNodeUrl) ?? chosen.rpc, verification: level}
  const url = requireDatabaseUrl(process.env)
  const pipeline = buildPipeline(chain, config)
  const range = await chooseRange(chain, url, from, to)
  const settings = buildGatewaySettings(chain, {cacheDir: null, logs: [], minTopics: minTopicsOf(chain, pipeline)})
  const reader = await openRangeReader(settings, parseNatural('--patience', patience) * 1000)
  const client = new Client({connectionString: url, application_name: 'provenance-indexer verify-range'})
  await client.connect()
  const tally = {rows: 0, logs: 0, differences: 0, toldAt: Date.now()}
  const query = async (sql: string, values: unknown[]) => (await client.query(sql, values)).rows
  try {
    const against = {pipeline, query, created: await loadCreated(query, chain.id)}
    for (const period of periodsOf(range, requestsOf(chain, config, pipeline)))
      for await (const piece of reader.read(period)) {
        for (const difference of await comparePiece(piece, against, tally)) console.log(describe(difference))
        tellProgress(tally, piece.range.to, range)
      }
  } finally {
    reader.close()
    await client.end()
  }
  console.log(
    `eip155:${chain.id}, blocks ${range.from}-${range.to}: ${tally.rows} rows compared with ${tally.logs} logs, ${tally.differences === 0 ? 'no difference' : `${tally.differences} differences`}.`,
  )
  return tally.differences
}

async function chooseRange(chain: ChainConfig, url: string, from: string | undefined, to: string | undefined) {
  const stored = await openStoredChain(url, chain.id)
  await stored.close()
  const final = stored.final?.number ?? null
  if (final === null) throw new ConfigError('The command', [{path: '--chain', message: `nothing final is stored of chain ${chain.id} yet`}])
  if (chain.rpc.length === 0) throw new ConfigError('The command', [{path: '--rpc', message: 'the chain has no node: name one'}])
  const range = {
    from: from === undefined ? chain.startBlock : parseNatural('--from', from),
    to: to === undefined ? final : parseNatural('--to', to),
  }
  if (range.to > final) throw new ConfigError('The command', [{path: '--to', message: `blocks are stored as final only up to ${final}`}])
  if (range.from > range.to) throw new ConfigError('The command', [{path: '--from', message: `is above the last block, ${range.to}`}])
  return range
}

function parseNatural(path: string, text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new ConfigError('The command', [{path, message: 'expected a whole number'}])
  return Number(text)
}

function requireNodeUrl(text: string): string {
  const {success, error} = nodeUrl.safeParse(text)
  if (success) return text
  throw new ConfigError(
    'The command',
    error.issues.map(({message}) => ({path: '--rpc', message})),
  )
}

type Tally = {rows: number; logs: number; differences: number; toldAt: number}

type Against = Readonly<{pipeline: Pipeline; query: Query; created: CreatedContracts}>

async function comparePiece({range, blocks}: ReadRange, against: Against, tally: Tally): Promise<readonly Difference[]> {
  const {pipeline, query, created} = against
  const {chainId} = pipeline
  const stored = new Map(
    await Promise.all(
      HISTORY_TABLES.map(async (table) => [table, await loadHistory(query, table, chainId, range.from, range.to)] as const),
    ),
  )
  const differences = compareHistory(stored, await expectedHistory(blocks, pipeline, (keys) => loadRows(query, keys), created))
  tally.rows += [...stored.values()].reduce((sum, rows) => sum + rows.size, 0)
  tally.logs += blocks.reduce((sum, {logs}) => sum + logs.length, 0)
  tally.differences += differences.length
  return differences
}

function describe({block, log, table, id, what, columns}: Difference): string {
  const place = log === null ? `block ${block}` : `block ${block} log ${log}`
  if (what === 'missing') return `${place}: ${table} ${id} is missing`
  if (what === 'extra') return `${place}: ${table} ${id} is stored, but no log says so`
  return `${place}: ${table} ${id} differs: ${columns.map(({column, stored, chain}) => `${column} is ${stored}, the chain says ${chain}`).join('; ')}`
}

function tellProgress(tally: Tally, block: number, {from, to}: {from: number; to: number}): void {
  if (Date.now() - tally.toldAt < TELL_EVERY_MS) return
  tally.toldAt = Date.now()
  console.error(`block ${block} of ${from}-${to}, ${tally.differences} differences so far`)
}
