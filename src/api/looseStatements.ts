import {GraphQLError} from 'graphql'
import type {PoolClient, QueryResultRow} from 'pg'
import type {ChainId} from '../domain/caip'
import type {ChainState} from './chainState'
import {clientError, timeout} from './clientError'
import {KnownStates} from './knownStates'
import {type Answered, runStatement, type Tuple, toObjects} from './rows/runStatement'
import {type Snapshot, type SnapshotOptions, STATEMENTS_LONG} from './snapshot'
import {type Rider, type Seen, SeenTexts, takeSeen} from './snapshotSql'

/** What has become of an answer: of one moment; not this time, as something was written meanwhile; or never so. */
export type Verdict = 'fits' | 'moved' | 'unfit'

type Asked = Readonly<{text: string; values: readonly unknown[]; isHot: boolean}>

/**
 * Statements without a transaction around them. Each is of one moment by itself and says which. One that is of another than those before it
 * fails, and the answer has to be made again in a transaction.
 */
export class LooseStatements implements Snapshot {
  verdict: Verdict = 'fits'
  #snapshot: string | null = null
  #states: readonly ChainState[] | null = null
  #hasRead = false
  #rider: Rider | null = null
  /** One at a time: an answer has one connection. */
  #turn: Promise<unknown> = Promise.resolve()
  readonly #deadline: number
  readonly #common: Common

  constructor(
    private readonly options: SnapshotOptions,
    chains: readonly ChainId[],
  ) {
    this.#common = commonOf(chains)
    this.#deadline = Date.now() + STATEMENTS_LONG * options.statementTimeoutMs
  }

  async query<R extends QueryResultRow>(text: string, values: readonly unknown[] = [], isHot = false): Promise<R[]> {
    return toObjects<R>(await this.#ask({text, values, isHot}))
  }
  async tuples(text: string, values: readonly unknown[] = [], isHot = false): Promise<Tuple[]> {
    return (await this.#ask({text, values, isHot})).tuples
  }
  async states(): Promise<readonly ChainState[]> {
    await this.#turn
    if (this.#states === null) await this.#ask({text: 'SELECT WHERE false', values: [], isHot: true})
    return this.#states ?? []
  }
  async release(): Promise<void> {}
  /** The next statement tells it too. */
  ride(rider: Rider | null): void {
    this.#rider = rider
  }

  #ask(asked: Asked): Promise<Answered> {
    const answered = this.#inTurn(asked)
    this.#turn = answered.catch(() => {})
    return answered
  }

  async #inTurn(asked: Asked): Promise<Answered> {
    await this.#turn
    if (!isWrappable(asked.text)) this.verdict = 'unfit'
    if (this.verdict !== 'fits') throw new Error('this answer needs a transaction')
    const {statementTimeoutMs} = this.options
    if (Date.now() > this.#deadline) throw timeout(STATEMENTS_LONG * statementTimeoutMs)
    const rider = this.#rider
    this.#rider = null
    const first = await ask(this.options, this.#common, {...asked, rider}, false)
    // Something was written since: asked again, for what is indexed too.
    const isUntold = !this.#hasRead && first.seen.states === null
    const {answered, seen} = isUntold ? await ask(this.options, this.#common, {...asked, rider}, true) : first
    // What a replica's statements see is not told by name.
    if (this.#hasRead && (seen.snapshot === null || seen.snapshot !== this.#snapshot)) {
      this.verdict = seen.snapshot === null ? 'unfit' : 'moved'
      throw new Error('the database has moved on between two statements')
    }
    this.#hasRead = true
    this.#snapshot = seen.snapshot
    this.#states ??= seen.states ?? []
    rider?.take(seen.along)
    return answered
  }
}

const isWrappable = (text: string): boolean => /^[\s(]*(SELECT|WITH)\b/.test(text)

/** What all answers know that read the same chains. */
class Common {
  readonly states = new KnownStates()
  readonly texts: Texts
  constructor(chains: readonly ChainId[]) {
    this.texts = new Texts(chains)
  }
}

/** Texts by what is told besides. */
class Texts {
  readonly #riding = new Map<Rider['sql'], SeenTexts>()
  readonly #plain: SeenTexts
  constructor(private readonly chains: readonly ChainId[] | null) {
    this.#plain = new SeenTexts(chains)
  }
  of(text: string, places: number, rider: Rider | null): string {
    if (rider === null) return this.#plain.of(text, places)
    let texts = this.#riding.get(rider.sql)
    if (!texts) this.#riding.set(rider.sql, (texts = new SeenTexts(this.chains, rider.sql)))
    return texts.of(text, places)
  }
}
const commons = new WeakMap<readonly ChainId[], Common>()
const commonOf = (chains: readonly ChainId[]): Common => {
  let known = commons.get(chains)
  if (!known) commons.set(chains, (known = new Common(chains)))
  return known
}
const named = new Texts(null)

async function ask(
  {pool, stateSchemas, statementNames, statementTimeoutMs}: SnapshotOptions,
  common: Common,
  {text: asked, values: own, isHot, rider}: Asked & Readonly<{rider: Rider | null}>,
  forStates: boolean,
): Promise<Readonly<{answered: Answered; seen: Seen}>> {
  let client: PoolClient | null = null
  let isSuspect = false
  try {
    client = await pool.connect()
    const isReplica = sessions.get(client) ?? (await prepareSession(client, statementTimeoutMs))
    const byName = !isReplica && !forStates && common.states.isSteady(Date.now())
    const text = (byName ? named : common.texts).of(asked, own.length, rider)
    const values = rider ? [...own, ...rider.values] : own
    const answered = await runStatement(client, {text, values, name: isHot ? statementNames.of(text) : undefined})
    const {snapshot, states, along} = takeSeen(answered)
    if (isReplica || snapshot === null) return {answered, seen: {snapshot: null, states, along}}
    if (states) common.states.keep(snapshot, states, Date.now())
    return {answered, seen: {snapshot, states: states ?? common.states.of(snapshot), along}}
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
