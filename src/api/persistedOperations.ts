import {createHash} from 'node:crypto'
import {readFileSync} from 'node:fs'
import type {Plugin} from 'graphql-yoga'
import {ConfigError} from '../config/configError'
import {apiError} from './errors'

/** Texts of operations by their SHA-256, lower-case hex. */
export type PersistedOperations = ReadonlyMap<string, string>

/** A JSON object of hash to text, as Relay's and GraphQL Code Generator's compilers write it; `sha256:` before a hash may be there. @throws ConfigError */
export function readPersistedOperations(path: string): PersistedOperations {
  const fail = (message: string) => new ConfigError(path, [{path: '', message}])
  const parsed = readJson(path, fail)
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) throw fail('expected an object of hash to text')
  return new Map(
    Object.entries(parsed).map(([key, text]: [string, unknown]) => {
      const hash = key.replace(/^sha256:/, '').toLowerCase()
      if (typeof text !== 'string' || createHash('sha256').update(text).digest('hex') !== hash)
        throw fail(`${JSON.stringify(key.slice(0, 80))} is not the SHA-256 of the text that it stands for`)
      return [hash, text] as const
    }),
  )
}

function readJson(path: string, fail: (message: string) => ConfigError): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    throw fail(`cannot be read: ${(error as Error).message}`)
  }
}

type Params = Readonly<{query?: string | null | undefined; extensions?: Record<string, unknown> | undefined; documentId?: unknown}>

/** The text that a request names instead of sending it; null when it sends one. @throws a coded error */
export function persistedText(operations: PersistedOperations, {query, extensions, documentId}: Params): string | null {
  const hash = documentId ?? (extensions?.['persistedQuery'] as {sha256Hash?: unknown} | undefined)?.sha256Hash
  if (hash == null) return null
  const text = operations.get(
    String(hash)
      .replace(/^sha256:/, '')
      .toLowerCase(),
  )
  // What clients of "automatic persisted queries" wait for before they send the text with the hash.
  if (text === undefined && query == null) throw apiError('PERSISTED_QUERY_NOT_FOUND', 'PersistedQueryNotFound', {http: {status: 400}})
  return text ?? null
}

/** The text to answer. @throws a coded error */
export function resolvePersisted(operations: PersistedOperations, only: boolean, params: Params): string | null | undefined {
  const text = persistedText(operations, params)
  if (text === null && only) throw apiError('FORBIDDEN', 'only persisted operations are answered here', {http: {status: 403}})
  return text ?? params.query
}

/** `documentId`, or `extensions.persistedQuery.sha256Hash`. `only`: nothing else is answered. */
export const persistedOperationsPlugin = (operations: PersistedOperations, only: boolean): Plugin => ({
  onParams: ({params, setParams}) => {
    const query = resolvePersisted(operations, only, params as Params)
    if (query !== params.query) setParams({...params, query: query ?? undefined})
  },
})
