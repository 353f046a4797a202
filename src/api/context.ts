import DataLoader from 'dataloader'
import {GraphQLError} from 'graphql'
import type {Pool} from 'pg'
import type {ChainId} from '../domain/caip'
import type {TableName} from '../domain/rows'
import type {WebhookTerms} from '../feed/webhooks/webhookTerms'
import {AnswerSnapshot} from './answerSnapshot'
import type {AsOf, Span} from './asOf/asOf'
import {type ChainState, withUnbegun} from './chainState'
import type {FollowFeed} from './changes/follow'
import {clientError} from './clientError'
import type {ApiClient} from './clients'
import type {ListContext} from './list/pageArgs'
import {createLoaders, forgetLoaded, type Loaders} from './loaders'
import type {Verdict} from './looseStatements'
import {type ColumnUses, type Reading, readAll, type Use} from './rows/columnUse'
import type {Snapshot, SnapshotOptions} from './snapshot'
import type {Rider} from './snapshotSql'

/** What one answer is made with; all of it ends with the answer. */
export type Context = ListContext &
  Readonly<{
    load: Loaders
    /** The wall clock's, when the answer began. */
    now: Date
    /** What time decides by: the time that is asked for, else when the answer's moment was. */
    span: (this: object, at?: Date | null) => Promise<Span>
    /** The same answer's context as of a past moment; `span`: when that was, which may have to be read. */
    at: (this: object, asOf: AsOf, span: () => Promise<Span>) => Context
    /** The answer's next statement tells that along with its rows, if it is a loose one. */
    ride: (this: object, rider: Rider | null) => void
    /** Who asks; requireScope(client, …) guards what needs a key. */
    client: ApiClient
    /** Somebody looks at the metadata of that asset or collection, and it is old or was never read. */
    noteReader: (this: object, key: string) => void
    /** For the little that mutations write; never what an answer is read from. What fails there is told as what fails in reading is. */
    onPrimary: <T>(this: object, work: (primary: Pool) => Promise<T>) => Promise<T>
    /** Live entries of the feed. */
    followFeed: FollowFeed
    /** Answers without a transaction, where that is possible; says afterwards whether what was read is of one moment. */
    tryLoosely: (this: object) => () => Verdict
    /** Selects only what such answers were seen to read; says afterwards whether that was all. */
    tryColumns: (this: object, uses: ColumnUses) => () => boolean
    /** Forgets what was read: the answer is made again, in a transaction and of all columns. */
    restart: (this: object) => void
    webhooks: WebhookTerms
    release: (this: object) => Promise<void>
  }>

/** What all answers of a process share. */
export type ContextOptions = SnapshotOptions &
  Pick<Context, 'noteReader' | 'followFeed' | 'webhooks'> &
  Readonly<{primary: Pool; chainIds: readonly ChainId[]}>

const NOBODY: ApiClient = {key: null, address: ''}

/** A class, as all classes here that are made for every answer: objects put together from closures outlive their answers by far in V8. */
export const createContext = (options: ContextOptions, client: ApiClient = NOBODY): Context =>
  new AnswerContext(new Answer(options, client), null, null)

/** What an answer has, whatever moment of the past its parts speak of. */
class Answer {
  readonly db: AnswerSnapshot
  readonly now = new Date()
  readonly contexts: AnswerContext[] = []
  #chains: Promise<readonly ChainState[]> | null = null
  #uses: ColumnUses | null = null
  #isComplete = true

  constructor(
    readonly options: ContextOptions,
    readonly client: ApiClient,
  ) {
    this.db = new AnswerSnapshot(options)
  }

  chains(): Promise<readonly ChainState[]> {
    this.#chains ??= this.#readChains()
    return this.#chains
  }

  async #readChains(): Promise<readonly ChainState[]> {
    return withUnbegun(await this.db.states(), this.options.chainIds)
  }

  reading<T extends TableName>(use: Use<T>): Reading<T> {
    return this.#uses ? this.#uses.reading(use, this) : readAll(use)
  }
  tryColumns(uses: ColumnUses): () => boolean {
    this.#uses = uses
    return () => this.#isComplete
  }
  noteIncomplete(): void {
    this.#isComplete = false
  }

  restart(): void {
    this.db.beginTransaction()
    this.#chains = null
    this.#uses = null
    for (const context of this.contexts) context.forget()
  }
}

type Batch = DataLoader<string, unknown>

class AnswerContext implements Context {
  readonly db: Snapshot
  readonly client: ApiClient
  readonly soleChainId: ChainId | null
  readonly now: Date
  readonly load: Loaders
  readonly #answer: Answer
  readonly #lists = new Map<string, Batch>()

  constructor(
    answer: Answer,
    readonly asOf: AsOf | null,
    private readonly past: (() => Promise<Span>) | null,
  ) {
    const {chainIds} = answer.options
    this.#answer = answer
    this.db = answer.db
    this.client = answer.client
    this.soleChainId = chainIds.length === 1 ? (chainIds[0] ?? null) : null
    this.now = answer.now
    this.load = createLoaders(this)
    answer.contexts.push(this)
  }

  async onPrimary<T>(work: (primary: Pool) => Promise<T>): Promise<T> {
    const {primary, statementTimeoutMs} = this.#answer.options
    return work(primary).catch((error: unknown) => {
      throw error instanceof GraphQLError ? error : clientError(error, statementTimeoutMs)
    })
  }
  get webhooks(): WebhookTerms {
    return this.#answer.options.webhooks
  }
  noteReader(key: string): void {
    this.#answer.options.noteReader(key)
  }
  followFeed(...what: Parameters<FollowFeed>): ReturnType<FollowFeed> {
    return this.#answer.options.followFeed(...what)
  }
  chains(): Promise<readonly ChainState[]> {
    return this.#answer.chains()
  }
  async isOneChain(): Promise<boolean> {
    const {stateSchemas, chainIds} = this.#answer.options
    const known = stateSchemas.known()
    return known ? new Set([...known, ...chainIds]).size === 1 : (await this.chains()).length === 1
  }
  reading<T extends TableName>(use: Use<T>): Reading<T> {
    return this.#answer.reading(use)
  }
  nested(key: string, load: (keys: readonly string[]) => Promise<readonly unknown[]>): Batch {
    let loader = this.#lists.get(key)
    if (!loader) this.#lists.set(key, (loader = new DataLoader((keys: readonly string[]) => load(keys) as Promise<unknown[]>)))
    return loader
  }
  async span(at?: Date | null): Promise<Span> {
    if (!at && this.past) return this.past()
    return {now: at ?? this.now, latest: at ?? this.now}
  }
  at(asOf: AsOf, span: () => Promise<Span>): Context {
    return new AnswerContext(this.#answer, asOf, span)
  }
  ride(rider: Rider | null): void {
    this.#answer.db.ride(rider)
  }
  tryLoosely(): () => Verdict {
    return this.#answer.db.tryLoosely()
  }
  tryColumns(uses: ColumnUses): () => boolean {
    return this.#answer.tryColumns(uses)
  }
  restart(): void {
    this.#answer.restart()
  }
  forget(): void {
    this.#lists.clear()
    forgetLoaded(this.load)
  }
  release(): Promise<void> {
    return this.#answer.db.release()
  }
}

/** The same, for whoever copies what it has into an object of his own. */
export const spreadable = (context: Context): Context => ({
  db: context.db,
  client: context.client,
  soleChainId: context.soleChainId,
  asOf: context.asOf,
  now: context.now,
  load: context.load,
  webhooks: context.webhooks,
  noteReader: (key) => context.noteReader(key),
  followFeed: (what) => context.followFeed(what),
  onPrimary: (work) => context.onPrimary(work),
  chains: () => context.chains(),
  isOneChain: () => context.isOneChain(),
  reading: (use) => context.reading(use),
  nested: (key, load) => context.nested(key, load),
  span: (at) => context.span(at),
  at: (asOf, span) => context.at(asOf, span),
  ride: (rider) => context.ride(rider),
  tryLoosely: () => context.tryLoosely(),
  tryColumns: (uses) => context.tryColumns(uses),
  restart: () => context.restart(),
  release: () => context.release(),
})
