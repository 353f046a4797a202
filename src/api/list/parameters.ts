import {type ChainId, parseAccountId, parseAssetId, parseChainId, parseCollectionId} from '../../domain/caip'
import {type Address, isAddress, parseAddress} from '../../domain/hex'
import {assetKey, collectionId, laterLicenseKey, licenseKey} from '../../domain/ids'
import type {AsOf} from '../asOf/asOf'
import {createHorizonSql, type HorizonSql} from '../asOf/horizonSql'
import {apiError, parseInput} from '../errors'
import type {FieldKind} from './spec'

/** Values of a statement; SQL text only ever holds their numbers. */
export type Parameters = Readonly<{
  values: readonly unknown[]
  add: (value: unknown) => string
  soleChainId: ChainId | null
  /** All rows are of this chain; null: of several, or that is not known. */
  onlyChainId: ChainId | null
  /** Where the answer ends; null: it is as of now. */
  horizon: HorizonSql | null
}>

type Told = Readonly<{soleChainId: ChainId | null; asOf: AsOf | null}>

export function createParameters({soleChainId, asOf}: Told, isOneChain = false): Parameters {
  const values: unknown[] = []
  const add = (value: unknown): string => {
    values.push(value)
    return `$${values.length}`
  }
  return {values, add, soleChainId, onlyChainId: isOneChain ? soleChainId : null, horizon: asOf && createHorizonSql(asOf, add)}
}

/**
 * Keys that a statement is about, as `alias(key)`, from a parameter that holds the list. Of one the planner knows that it is one: it keeps
 * a plan for it, where it would make one anew for each list, since that may be long.
 */
export const keysSql = (list: string, keys: readonly string[], alias: string): string =>
  keys.length === 1 ? `(SELECT (${list}::text[])[1] AS key) ${alias}` : `unnest(${list}::text[]) ${alias}(key)`

/** The column is one of the keys. */
export const isOneOf = (column: string, list: string, keys: readonly string[]): string =>
  keys.length === 1 ? `${column} = (${list}::text[])[1]` : `${column} = ANY(${list}::text[])`

const CASTS: Readonly<Record<FieldKind, string>> = {
  int: 'int8',
  bigint: 'numeric',
  time: 'timestamptz',
  address: 'text',
  hex: 'text',
  text: 'text',
  asset: 'text',
  collection: 'text',
  license: 'text',
  chain: 'numeric',
  bool: 'bool',
  enum: 'text',
}

export const castOf = (kind: FieldKind): string => CASTS[kind]

/** A filter's value as the tables hold it. Scalars have checked the rest. */
export function storedValue(kind: FieldKind, value: unknown, soleChainId: ChainId | null): unknown {
  switch (kind) {
    case 'asset':
      return assetKey(parseInput(parseAssetId, String(value)))
    case 'collection':
      return parseCollectionKey(String(value), soleChainId)
    case 'license':
      return parseInput(parseLicenseId, String(value))
    case 'chain':
      return parseInput(parseChainId, String(value))
    case 'text':
      return withoutNul(String(value))
    default:
      return value
  }
}

/** A CAIP-19 asset type, a CAIP-10 account, or, where only one chain is indexed, a bare address. */
export function parseCollectionKey(text: string, soleChainId: ChainId | null): string {
  if (isAddress(text)) {
    if (soleChainId === null) throw apiError('BAD_USER_INPUT', `several chains are indexed: write eip155:<chain>:${text}`)
    return collectionId(soleChainId, parseAddress(text))
  }
  const {chainId, address} = parseInput(parseCollectionId, text)
  return collectionId(chainId, address)
}

/**
 * `eip155:1:0x<emitter>/<number>`: licences are numbered by the contract that grants them. `/<incarnation>` behind it: of a later life of the
 * asset, where an earlier one was granted that number too.
 */
export function parseLicenseId(text: string): string {
  const [account, number, incarnation, ...rest] = text.split('/')
  const isNamed =
    number !== undefined && /^(0|[1-9]\d{0,77})$/.test(number) && (incarnation === undefined || /^[1-9]\d{0,9}$/.test(incarnation))
  if (!account || !isNamed || rest.length > 0)
    throw apiError(
      'BAD_USER_INPUT',
      `not a license id: ${JSON.stringify(text.slice(0, 120))}; expected eip155:<chain>:0x<granting contract>/<number>, and /<incarnation> where a later life was granted it again`,
    )
  const {chainId, address} = parseAccountId(account)
  const key = licenseKey(chainId, address, BigInt(number))
  return incarnation === undefined ? key : laterLicenseKey(key, Number(incarnation))
}

/** `1-0xab…-7` as the API writes it. */
export function formatLicenseId(key: string): string {
  const [chainId, emitter, ...numbers] = key.split('-')
  return `eip155:${chainId}:${emitter}/${numbers.join('/')}`
}

/** No text of ours holds one, and PostgreSQL would refuse the whole statement. */
const withoutNul = (text: string): string => {
  if (text.includes('\0')) throw apiError('BAD_USER_INPUT', 'text must not contain NUL')
  return text
}

/** An address, on no chain in particular, or CAIP-10. */
export const parseAnyAccount = (text: string): Readonly<{address: Address; chainId: ChainId | null}> =>
  isAddress(text) ? {address: parseAddress(text), chainId: null} : parseInput(parseAccountId, text)
