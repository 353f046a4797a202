import {z} from 'zod'
import type {LogRequest} from './logFilter'

/** What EvmBatchProcessor asks its gateway for, as far as this gateway serves it. */
export type ArchiveQuery = Readonly<{
  fromBlock: number
  toBlock: number | null
  allBlocks: boolean
  logs: readonly LogRequest[]
  fields: ArchiveFields
}>

export type ArchiveFields = Readonly<{log: ReadonlySet<string>; transaction: ReadonlySet<string>; block: ReadonlySet<string>}>

/** A query that this gateway does not serve: a mistake in the processor's settings, to be mended there. */
export class UnsupportedQuery extends Error {
  override readonly name = 'UnsupportedQuery'
  readonly code = 'E_UNSUPPORTED_QUERY'
}

const list = z.array(z.string()).optional()
const selection = z.record(z.string(), z.boolean().optional()).optional()
const unserved = z.array(z.unknown()).optional()
const log = z.object({
  address: list,
  topic0: list,
  topic1: list,
  topic2: list,
  topic3: list,
  transaction: z.boolean().optional(),
  transactionLogs: z.boolean().optional(),
  transactionTraces: z.boolean().optional(),
  transactionStateDiffs: z.boolean().optional(),
})
const query = z.object({
  fromBlock: z.int().nonnegative(),
  toBlock: z.int().nonnegative().nullish(),
  includeAllBlocks: z.boolean().optional(),
  fields: z.object({log: selection, transaction: selection, block: selection}).optional(),
  logs: z.array(log).optional(),
  transactions: unserved,
  traces: unserved,
  stateDiffs: unserved,
})

const SERVED = {
  log: ['address', 'topics', 'data', 'transactionHash'],
  transaction: ['from', 'to', 'hash'],
  block: ['timestamp'],
} as const

/** @throws UnsupportedQuery */
export function parseArchiveQuery(text: string): ArchiveQuery {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw new UnsupportedQuery('the query is not JSON')
  }
  const parsed = query.safeParse(json)
  if (!parsed.success)
    throw new UnsupportedQuery(
      `the query is not understood: ${parsed.error.issues.map(({path, message}) => `${path.join('.')}: ${message}`).join('; ')}`,
    )
  const {fromBlock, toBlock, includeAllBlocks, fields, logs = [], transactions, traces, stateDiffs} = parsed.data
  for (const [name, asked] of Object.entries({transactions, traces, stateDiffs})) {
    if (asked?.length) throw new UnsupportedQuery(`${name} are not served by the chain gateway: use an SQD gateway`)
  }
  if (logs.some((request) => request.transactionLogs || request.transactionTraces || request.transactionStateDiffs)) {
    throw new UnsupportedQuery('of a log, only its transaction is served by the chain gateway')
  }
  const wantsTransactions = logs.some(({transaction}) => transaction)
  return {
    fromBlock,
    toBlock: toBlock ?? null,
    allBlocks: includeAllBlocks === true,
    logs,
    fields: {
      log: parseFields('log', fields?.log),
      transaction: wantsTransactions ? parseFields('transaction', fields?.transaction) : new Set(),
      block: parseFields('block', fields?.block),
    },
  }
}

function parseFields(kind: keyof typeof SERVED, asked: Readonly<Record<string, boolean | undefined>> = {}): ReadonlySet<string> {
  const names = Object.keys(asked).filter((name) => asked[name])
  const unknown = names.filter((name) => !(SERVED[kind] as readonly string[]).includes(name))
  if (unknown.length > 0) throw new UnsupportedQuery(`fields of ${kind} not served by the chain gateway: ${unknown.join(', ')}`)
  return new Set(names)
}
