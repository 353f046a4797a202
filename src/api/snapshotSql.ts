import type {ChainId} from '../domain/caip'
import {type ChainState, chainStatesSql, parseChainStates, type StateRow} from './chainState'
import type {Answered} from './rows/runStatement'

/**
 * What a statement saw: PostgreSQL names the transactions that it sees (pg_current_snapshot), and statements of the same name are of one
 * moment. `states`: what is indexed then; null where only the name was asked for.
 */
export type Seen = Readonly<{snapshot: string | null; states: readonly ChainState[] | null; along: unknown}>

/** What a statement is to tell along with its rows, in one JSON value: SQL over parameters that follow so many of the statement's own. */
export type Rider = Readonly<{sql: (places: number) => string; values: readonly unknown[]; take: (this: object, told: unknown) => void}>

/** A query together with the name of its snapshot; and what is indexed, unless `chains` is null. Without rows there is one row, of that alone. */
const seenSql = (text: string, chains: readonly ChainId[] | null, along: string | null): string =>
  `SELECT q.*, CASE WHEN row_number() OVER () = 1 THEN s.seen END AS "__seen" FROM (SELECT ${seen(chains, along)}::text AS seen) s
   LEFT JOIN (SELECT i.*, true AS "__row" FROM (${text}) i) q ON true`

function seen(chains: readonly ChainId[] | null, along: string | null): string {
  if (chains === null && along === null) return 'pg_current_snapshot()'
  const states = chains === null ? '' : `, 'chains', (SELECT json_agg(c) FROM (${chainStatesSql(chains)}) c)`
  return `json_build_object('snapshot', pg_current_snapshot()${states}${along === null ? '' : `, 'along', (${along})`})`
}

/** Takes what seenSql added off the rows. */
export function takeSeen({tuples}: Answered): Seen {
  const [first] = tuples
  const told = (first?.at(-1) ?? null) as string | null
  if (first?.at(-2) !== true) tuples.length = 0
  for (const tuple of tuples) tuple.length -= 2
  return told === null ? {snapshot: null, states: null, along: null} : parseSeen(told)
}

type Told = Readonly<{snapshot: string; chains?: readonly StateRow[] | null; along?: unknown}>

function parseSeen(text: string): Seen {
  if (!text.startsWith('{')) return {snapshot: text, states: null, along: null}
  const {snapshot, chains, along} = JSON.parse(text) as Told
  return {snapshot, states: chains === undefined ? null : parseChainStates(chains ?? []), along}
}

const MOST_TEXTS = 1_000

/**
 * Texts come again and again; the same object is recognised at once wherever it is looked up. `chains`: as in seenSql; `along`: what is told
 * besides, over parameters behind those of the text, of which a text always has as many.
 */
export class SeenTexts {
  readonly #texts = new Map<string, string>()
  constructor(
    private readonly chains: readonly ChainId[] | null,
    private readonly along: Rider['sql'] | null = null,
  ) {}

  of(text: string, places: number): string {
    let whole = this.#texts.get(text)
    if (whole === undefined) {
      if (this.#texts.size >= MOST_TEXTS) this.#texts.clear()
      this.#texts.set(text, (whole = seenSql(text, this.chains, this.along?.(places) ?? null)))
    }
    return whole
  }
}
