import {GraphQLError} from 'graphql'
import type {PoolClient, QueryResultRow} from 'pg'
import type {ChainId} from '../domain/caip'
import {type ChainState, chainStatesSql, parseChainStates, type StateRow} from './chainState'
import {clientError, timeout} from './clientError'
import {type Answered, runStatement, type Tuple, toObjects} from './rows/runStatement'
import {type Snapshot, type SnapshotOptions, STATEMENTS_LONG} from './snapshot'

/** What has become of an answer: of one moment; not this time, as something was written meanwhile; or never so. */
export type Verdict = 'fits' | 'moved' | 'unfit'

type Moment = Readonly<{states: readonly ChainState[]; snapshot: string | null}>
type Stated = Readonly<{answered: Answered; moment: Moment}>

/**
 * Statements without a transaction around them. Each is of one moment by itself and says which: PostgreSQL names the transactions that a
 * statement sees (pg_current_snapshot), and statements that see the same are of one moment. One that does not fails, and the answer has to
 * be made again in a transaction.
 */
export class LooseStatements implements Snapshot {
  verdict: Verdict = 'fits'
  #first: Moment | null = null
  /** One at a time: an answer has one connection. */
  #turn: Promise<unknown> = Promise.resolve()
  readonly #deadline: number

  constructor(
    private readonly options: SnapshotOptions,
    private readonly chains: readonly ChainId[],
  ) {
    this.#deadline = Date.now() + STATEMENTS_LONG * options.statementTimeoutMs
  }

  async query<R extends QueryResultRow>(text: string, values: readonly unknown[] = [], isHot = false): Promise<R[]> {
    return toObjects<R>(await this.#ask(text, values, isHot))
  }
  async tuples(text: string, values: readonly unknown[] = [], isHot = false): Promise<Tuple[]> {
    return (await this.#ask(text, values, isHot)).tuples
  }
  async states(): Promise<readonly ChainState[]> {
    await this.#turn
    if (this.#first === null) await this.query('SELECT WHERE false', [], true)
    return (this.#first as Moment | null)?.states ?? []
  }
  async release(): Promise<void> {}

  #ask(text: string, values: readonly unknown[], isHot: boolean): Promise<Answered> {
    const answered = this.#inTurn(text, values, isHot)
    this.#turn = answered.catch(() => {})
    return answered
  }

  async #inTurn(text: string, values: readonly unknown[], isHot: boolean): Promise<Answered> {
    await this.#turn
    if (!isWrappable(text)) this.verdict = 'unfit'
    if (this.verdict !== 'fits') throw new Error('this answer needs a transaction')
    const {statementTimeoutMs} = this.options
    if (Date.now() > this.#deadline) throw timeout(STATEMENTS_LONG * statementTimeoutMs)
    const {answered, moment} = await ask(this.options, {text: stated(this.chains, text), values, isHot})
    // What a replica's statements see is not told by name.
    if (this.#first !== null && (moment.snapshot === null || moment.snapshot !== this.#first.snapshot)) {
      this.verdict = moment.snapshot === null ? 'unfit' : 'moved'
      throw new Error('the database has moved on between two statements')
    }
    this.#first ??= moment
    return answered
  }
}

const MOST_TEXTS = 1_000
const statedTexts = new WeakMap<readonly ChainId[], Map<string, string>>()

/** Texts come again and again; the same object is recognised at once wherever it is looked up. */
function stated(chains: readonly ChainId[], text: string): string {
  const texts = statedTexts.get(chains) ?? new Map<string, string>()
  statedTexts.set(chains, texts)
  let whole = texts.get(text)
  if (whole === undefined) {
    if (texts.size >= MOST_TEXTS) texts.clear()
    texts.set(text, (whole = statedSql(chains, text)))
  }
  return whole
}

/** A query together with what is indexed, told once. Without rows there is one row, of that alone. */
const statedSql = (chains: readonly ChainId[], text: string): string =>
  `SELECT q.*, CASE WHEN row_number() OVER () = 1 THEN s.moment END AS "__moment"
   FROM (SELECT json_build_object('snapshot', pg_current_snapshot(), 'chains', (SELECT json_agg(c) FROM (${chainStatesSql(chains)}) c))::text AS moment) s
   LEFT JOIN (SELECT i.*, true AS "__row" FROM (${text}) i) q ON true`

const isWrappable = (text: string): boolean => /^[\s(]*(SELECT|WITH)\b/.test(text)

type Asked = Readonly<{text: string; values: readonly unknown[]; isHot: boolean}>

async function ask(
  {pool, stateSchemas, statementNames, statementTimeoutMs}: SnapshotOptions,
  {text, values, isHot}: Asked,
): Promise<Stated> {
  let client: PoolClient | null = null
  let isSuspect = false
  try {
    client = await pool.connect()
    const isReplica = sessions.get(client) ?? (await prepareSession(client, statementTimeoutMs))
    const answered = await runStatement(client, {text, values, name: isHot ? statementNames.of(text) : undefined})
    const moment = takeMoment(answered)
    return {answered, moment: isReplica ? {...moment, snapshot: null} : moment}
  } catch (error) {
    const failure = clientError(error, statementTimeoutMs)
    isSuspect = !(failure instanceof GraphQLError)
    // Perhaps what it tells of chains is no longer there.
    if (isSuspect) stateSchemas.forget()
    throw failure
  } finally {
    client?.release(isSuspect)
  }
}

/** Takes what statedSql added off the rows. */
function takeMoment({tuples}: Answered): Moment {
  const moment = parseMoment((tuples[0]?.at(-1) as string | undefined) ?? '{}')
  if (tuples[0]?.at(-2) !== true) tuples.length = 0
  for (const tuple of tuples) tuple.length -= 2
  return moment
}

type Told = Readonly<{snapshot?: string; chains?: readonly StateRow[] | null}>
let last: Readonly<{text: string; moment: Moment}> | null = null

/** While nothing is written, all that is asked is of one moment. */
function parseMoment(text: string): Moment {
  if (last?.text === text) return last.moment
  const {chains, snapshot} = JSON.parse(text) as Told
  const moment = {states: parseChainStates(chains ?? []), snapshot: snapshot ?? null}
  last = {text, moment}
  return moment
}

/** Connections that are prepared, and whether they lead to a replica. */
const sessions = new WeakMap<PoolClient, boolean>()

/** What a transaction sets for itself, set once for a connection. */
async function prepareSession(client: PoolClient, statementTimeoutMs: number): Promise<boolean> {
  await client.query(`SET statement_timeout = ${statementTimeoutMs}; SET timezone = 'UTC'; SET datestyle = 'ISO'`)
  const {rows} = await client.query<{replica: boolean}>('SELECT pg_is_in_recovery() AS replica')
  const isReplica = rows[0]?.replica !== false
  sessions.set(client, isReplica)
  return isReplica
}
