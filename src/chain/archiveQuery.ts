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

const SERVED = {
  log: ['address', 'topics', 'data', 'transactionHash'],
  transaction: ['from', 'to', 'hash'],
  block: ['timestamp'],
} as const

/** Read by hand: zod would be a third of what the gateway's thread loads at its start. @throws UnsupportedQuery */
export function parseArchiveQuery(text: string): ArchiveQuery {
  const query = readRecord(parseJson(text), 'the query')
  const {fromBlock, toBlock = null, includeAllBlocks, fields, logs, ...others} = query
  for (const name of ['transactions', 'traces', 'stateDiffs'] as const) {
    const asked = others[name]
    if (asked !== undefined && readList(asked, name).length > 0)
      throw new UnsupportedQuery(`${name} are not served by the chain gateway: use an SQD gateway`)
  }
  const requests = readList(logs ?? [], 'logs').map(readLogRequest)
  const selected = fields === undefined ? {} : readRecord(fields, 'fields')
  return {
    fromBlock: readHeight(fromBlock, 'fromBlock'),
    toBlock: toBlock === null ? null : readHeight(toBlock, 'toBlock'),
    allBlocks: includeAllBlocks !== undefined && readFlag(includeAllBlocks, 'includeAllBlocks'),
    logs: requests,
    fields: {
      log: parseFields('log', selected['log']),
      transaction: requests.some(({transaction}) => transaction) ? parseFields('transaction', selected['transaction']) : new Set(),
      block: parseFields('block', selected['block']),
    },
  }
}

type Json = Readonly<Record<string, unknown>>

const refuse = (what: string, expected: string): never => {
  throw new UnsupportedQuery(`the query is not understood: ${what}: expected ${expected}`)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    throw new UnsupportedQuery('the query is not JSON')
  }
}

const readRecord = (value: unknown, what: string): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : refuse(what, 'an object')

const readList = (value: unknown, what: string): readonly unknown[] => (Array.isArray(value) ? value : refuse(what, 'a list'))

const readHeight = (value: unknown, what: string): number =>
  Number.isSafeInteger(value) && (value as number) >= 0 ? (value as number) : refuse(what, 'a block number')

const readTexts = (value: unknown, what: string): readonly string[] =>
  readList(value, what).map((text) => (typeof text === 'string' ? text : refuse(what, 'a list of texts')))

const readFlag = (value: unknown, what: string): boolean => (typeof value === 'boolean' ? value : refuse(what, 'true or false'))

const FILTERS = ['address', 'topic0', 'topic1', 'topic2', 'topic3'] as const
const RELATED = ['transactionLogs', 'transactionTraces', 'transactionStateDiffs'] as const

function readLogRequest(value: unknown, index: number): LogRequest {
  const where = `logs.${index}`
  const asked = readRecord(value, where)
  if (RELATED.some((name) => asked[name] !== undefined && readFlag(asked[name], `${where}.${name}`)))
    throw new UnsupportedQuery('of a log, only its transaction is served by the chain gateway')
  const filters = FILTERS.flatMap((name) => (asked[name] === undefined ? [] : [[name, readTexts(asked[name], `${where}.${name}`)]]))
  const transaction = asked['transaction'] === undefined ? {} : {transaction: readFlag(asked['transaction'], `${where}.transaction`)}
  return {...(Object.fromEntries(filters) as LogRequest), ...transaction}
}

function parseFields(kind: keyof typeof SERVED, asked: unknown): ReadonlySet<string> {
  const names = Object.entries(asked === undefined ? {} : readRecord(asked, `fields.${kind}`)).flatMap(([name, isAsked]) =>
    isAsked !== undefined && readFlag(isAsked, `fields.${kind}.${name}`) ? [name] : [],
  )
  const unknown = names.filter((name) => !(SERVED[kind] as readonly string[]).includes(name))
  if (unknown.length > 0) throw new UnsupportedQuery(`fields of ${kind} not served by the chain gateway: ${unknown.join(', ')}`)
  return new Set(names)
}
