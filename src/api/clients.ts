import type {Pool} from 'pg'
import type {ApiKey, Scope} from '../access/apiKey'
import {findKey} from '../access/keyStore'
import {apiError} from './errors'

/** Who asks: a key, and where from. Limits count by key, else by address. */
export type ApiClient = Readonly<{key: ApiKey | null; address: string}>

const FRESH_MS = 5_000
const MOST_KNOWN = 10_000

type Known = Readonly<{key: Promise<ApiKey | null>; until: number}>
export type KeyFinder = (text: string) => Promise<ApiKey | null>

/** Keys by their text, looked up once in some seconds: a revocation holds within those. */
export function createKeyFinder(pool: Pool): KeyFinder {
  const known = new Map<string, Known>()
  return (text) => {
    const found = known.get(text)
    if (found && found.until > Date.now()) return found.key
    if (known.size >= MOST_KNOWN) known.clear()
    const key = findKey(pool, text)
    known.set(text, {key, until: Date.now() + FRESH_MS})
    // What failed is no answer.
    key.catch(() => known.delete(text))
    return key
  }
}

type Headers = Readonly<{get: (name: string) => string | null}>

/** `Authorization: Bearer <key>` or `x-api-key: <key>`; null without either. */
export function keyTextOf(headers: Headers): string | null {
  const [, bearer] = /^Bearer\s+(\S+)$/i.exec(headers.get('authorization') ?? '') ?? []
  return bearer ?? headers.get('x-api-key')
}

/** @throws a coded error for a key that does not work: silence would hide a typo behind lower limits */
export async function identifyClient(find: KeyFinder, headers: Headers, address: string): Promise<ApiClient> {
  const text = keyTextOf(headers)
  if (text === null) return {key: null, address}
  const key = await find(text)
  if (!key) throw apiError('UNAUTHENTICATED', 'the API key does not work: unknown, revoked or expired', {http: {status: 401}})
  return {key, address}
}

/** @throws a coded error when the client has no key with the scope */
export function requireScope({key}: ApiClient, scope: Scope): ApiKey {
  if (!key) throw apiError('UNAUTHENTICATED', `this needs an API key with the scope ${scope}`, {http: {status: 401}})
  if (!key.scopes.includes(scope)) throw apiError('FORBIDDEN', `the API key lacks the scope ${scope}`, {http: {status: 403}})
  return key
}
