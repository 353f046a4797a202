import type {IncomingMessage, ServerResponse} from 'node:http'
import {GraphQLError, type GraphQLSchema} from 'graphql'
import type {Pool} from 'pg'
import {type ChainId, formatChainId} from '../../domain/caip'
import type {Logger} from '../../process/logger'
import type {Admission} from '../admission/createAdmission'
import type {Moment} from '../asOf/asOf'
import type {ChainState} from '../chainState'
import {type ApiClient, requireScope} from '../clients'
import {apiError, refusalOf, UNEXPECTED} from '../errors'
import {exportedFields, formatCsvLine} from './cells'
import {createExportReader} from './exportReader'
import {type ExportFormat, type ExportRequest, parseExportRequest} from './exportRequest'
import {type Export, type Exported, openExport} from './exportRows'
import {EXPORTS} from './lists'

/** Each holds a database connection, and what was deleted since it began cannot be cleaned up meanwhile. */
export const EXPORT_LIMITS = {atOnce: 4, perKey: 2, seconds: 1_800, stalledSeconds: 60} as const

export type ExportOptions = Readonly<{
  pool: Pool
  schema: GraphQLSchema
  chainIds: readonly ChainId[]
  cors: readonly string[]
  /** An export is a request as any other: the same limits, and keys that are guessed cost the same. */
  admission: Admission
  logger: Logger
  limits?: Readonly<Record<keyof typeof EXPORT_LIMITS, number>>
}>
export type ExportHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>

/** `GET /export/<list>.csv|ndjson?where=<JSON>&orderBy=<values>&after=<cursor>&includeUnverified=true&asOf=<JSON>`: a whole list, every row with its cursor. */
export function createExportHandler({
  pool,
  schema,
  chainIds,
  cors,
  admission,
  logger,
  limits = EXPORT_LIMITS,
}: ExportOptions): ExportHandler {
  const running: string[] = []
  const soleChainId = chainIds.length === 1 ? (chainIds[0] ?? null) : null

  const exportTo = async (response: ServerResponse, asked: ExportRequest): Promise<void> => {
    const closed = new Promise<void>((resolve) => response.once('close', resolve))
    const reader = await createExportReader(pool)
    // The client going away ends what the database does for it.
    void closed.then(reader.close)
    const end = setTimeout(() => breakOff(response), limits.seconds * 1_000)
    try {
      const exported = await openExport({reader, ...asked, soleChainId})
      await stream(response, asked, exported, limits.stalledSeconds)
    } finally {
      clearTimeout(end)
      await reader.close()
    }
  }

  const answer = async (request: IncomingMessage, response: ServerResponse, client: ApiClient): Promise<void> => {
    const asked = parseExportRequest(schema, new URL(request.url ?? '/', 'http://localhost'))
    if (!asked || request.method !== 'GET')
      return refuse(response, 404, `GET /export/<list>.csv or .ndjson, of ${[...EXPORTS.keys()].join(', ')}`)
    const key = requireScope(client, 'export').id
    checkRoom(running, key, limits)
    running.push(key)
    await exportTo(response, asked).finally(() => running.splice(running.indexOf(key), 1))
  }

  return async (request, response) => {
    try {
      allowOrigin(request, response, cors)
      if (request.method === 'OPTIONS') return void response.writeHead(204).end()
      const {client, leave} = await admission(request)
      await answer(request, response, client).finally(leave)
      // Last: who has his file whole has its room again.
      response.end()
    } catch (error) {
      if (response.headersSent || response.destroyed) return breakOff(response)
      const isKnown = error instanceof GraphQLError && error.extensions['code'] !== undefined
      if (!isKnown) logger.error({err: error}, 'an export failed')
      if (isKnown) refuseWith(response, error)
      else refuse(response, 500, UNEXPECTED.message, UNEXPECTED.extensions)
    }
  }
}

/**
 * What came is whole up to its last cursor. Without its last chunk it is seen as broken, but HTTP/1.0, in which proxies ask by their default, has
 * no chunks: a connection that is reset, in place of one that ends, says the same there.
 */
function breakOff(response: ServerResponse): void {
  if (response.headersSent) response.socket?.resetAndDestroy()
  response.destroy()
}

function checkRoom(running: readonly string[], key: string, {atOnce, perKey}: Readonly<{atOnce: number; perKey: number}>): void {
  const own = running.filter((other) => other === key).length
  if (own >= perKey)
    throw apiError('RATE_LIMITED', `this key has ${own} exports under way; at most ${perKey}`, {limit: perKey, asked: own + 1})
  if (running.length >= atOnce) throw apiError('RATE_LIMITED', `${atOnce} exports are under way; try again later`, {limit: atOnce})
}

const TYPES = {csv: 'text/csv; charset=utf-8; header=present', ndjson: 'application/x-ndjson'} as const

/** Never more than one batch ahead of the client. */
async function stream(
  response: ServerResponse,
  {spec, format, args}: ExportRequest,
  {chains, asOf, batches}: Export,
  stalledSeconds: number,
): Promise<void> {
  const fields = exportedFields(spec.table)
  let next = await batches.next()
  response.writeHead(200, {
    'content-type': TYPES[format],
    'cache-control': 'no-store',
    'x-indexed-blocks': blocksOf(chains),
    ...(asOf && {'x-as-of': momentOf(asOf)}),
  })
  // Who goes on after a cursor appends to a file that has its head.
  if (format === 'csv' && args.after == null) response.write(formatCsvLine([...fields, 'cursor']))
  for (; !next.done && !response.destroyed; next = await batches.next()) {
    if (!response.write(formatRows(format, fields, next.value))) await drained(response, stalledSeconds)
  }
}

const formatRows = (format: ExportFormat, fields: readonly string[], rows: readonly Exported[]): string =>
  rows
    .map(({row, cursor}) =>
      format === 'csv' ? formatCsvLine([...fields.map((field) => row[field] ?? null), cursor]) : `${JSON.stringify({...row, cursor})}\n`,
    )
    .join('')

/** Until the client has taken what was written. One that takes nothing for long is sent away: it holds a transaction. */
const drained = (response: ServerResponse, stalledSeconds: number): Promise<void> =>
  new Promise((resolve) => {
    const stalled = setTimeout(() => breakOff(response), stalledSeconds * 1_000)
    const done = (): void => {
      clearTimeout(stalled)
      response.off('drain', done).off('close', done)
      resolve()
    }
    response.on('drain', done).on('close', done)
    if (response.destroyed) done()
  })

/** Which moment the file is of: `eip155:1=<number>:<hash>`, one a chain. */
const blocksOf = (chains: readonly ChainState[]): string =>
  chains.flatMap(({chainId, indexed}) => (indexed ? [`${formatChainId(chainId)}=${indexed.number}:${indexed.hash}`] : [])).join(', ')

/** The past moment that was asked about: `eip155:1=<number>:<hash, where the index holds it>:<FINAL or HEAD>`, one a chain. */
const momentOf = ({horizons}: Moment): string =>
  horizons
    .flatMap(({chainId, block, isFinal}) =>
      block ? [`${formatChainId(chainId)}=${block.number}:${block.hash ?? ''}:${isFinal ? 'FINAL' : 'HEAD'}`] : [],
    )
    .join(', ')

function allowOrigin({headers: {origin}}: IncomingMessage, response: ServerResponse, cors: readonly string[]): void {
  response.setHeader('vary', 'origin')
  if (origin === undefined || !(cors.includes(origin) || cors.includes('*'))) return
  response.setHeader('access-control-allow-origin', origin)
  response.setHeader('access-control-allow-headers', 'authorization, x-api-key')
  response.setHeader('access-control-expose-headers', 'x-indexed-blocks, x-as-of, retry-after')
}

const STATUSES: Readonly<Record<string, number>> = {RATE_LIMITED: 429, NOT_READY: 503, QUERY_TIMEOUT: 503}

function refuseWith(response: ServerResponse, refused: GraphQLError): void {
  const {status, headers, error} = refusalOf(refused)
  response.setHeaders(headers)
  refuse(response, status ?? STATUSES[String(error.extensions.code)] ?? 400, error.message, error.extensions)
}

function refuse(response: ServerResponse, status: number, message: string, extensions?: object): void {
  response.writeHead(status, {'content-type': 'application/json'}).end(`${JSON.stringify({errors: [{message, extensions}]})}\n`)
}
