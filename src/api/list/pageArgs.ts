import type {ChainId} from '../../domain/caip'
import type {TableName} from '../../domain/rows'
import type {AsOf} from '../asOf/asOf'
import type {ChainState} from '../chainState'
import {apiError} from '../errors'
import type {Reading, Use} from '../rows/columnUse'
import type {Snapshot} from '../snapshot'
import type {WhereInput} from './where'

export type PageArgs = Readonly<{
  first?: number | null
  after?: string | null
  last?: number | null
  before?: string | null
  orderBy?: readonly string[] | null
  where?: WhereInput | null
  includeUnverified?: boolean | null
}>

export const DEFAULT_PAGE = 20
export const MAX_PAGE = 500

/** What lists need of an answer's context. `this: object`: not to be taken off it. */
export type ListContext = Readonly<{
  db: Snapshot
  /** Where only one chain is indexed, a bare address names its contract. */
  soleChainId: ChainId | null
  /** The past moment that the answer speaks of; null: now. */
  asOf: AsOf | null
  chains: (this: object) => Promise<readonly ChainState[]>
  /** Whether the index is of one chain only, where block times never fall. */
  isOneChain: (this: object) => Promise<boolean>
  /** Which fields to select of a table, and what becomes of their values. */
  reading: <T extends TableName>(this: object, use: Use<T>) => Reading<T>
  /** Loads of one kind, together for all parents that ask in one tick. */
  nested: (
    this: object,
    key: string,
    load: (keys: readonly string[]) => Promise<readonly unknown[]>,
  ) => {load: (key: string) => Promise<unknown>}
}>

/** What rows are loaded with. */
export type LoadContext = Pick<ListContext, 'db' | 'asOf' | 'soleChainId' | 'reading'>

export type Window = Readonly<{size: number; backward: boolean}>

/** Relay: first/after or last/before, not both. @throws a coded error that names the limit and the figure */
export function windowOf({first, last, after, before}: PageArgs): Window {
  if (first != null && last != null) throw apiError('BAD_USER_INPUT', 'give first or last, not both')
  const size = first ?? last ?? DEFAULT_PAGE
  const name = last != null ? 'last' : 'first'
  if (size < 0) throw apiError('BAD_USER_INPUT', `${name} must not be negative`)
  if (size > MAX_PAGE)
    throw apiError('LIMIT_EXCEEDED', `${name} is ${size}; a page has at most ${MAX_PAGE}`, {limit: MAX_PAGE, asked: size})
  return {size, backward: last != null || (first == null && before != null && after == null)}
}
