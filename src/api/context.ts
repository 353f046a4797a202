import DataLoader from 'dataloader'
import type {Pool} from 'pg'
import type {ChainId} from '../domain/caip'
import type {WebhookTerms} from '../feed/webhooks/webhookTerms'
import {type AnswerSnapshot, createAnswerSnapshot} from './answerSnapshot'
import type {AsOf} from './asOf/asOf'
import {type ChainState, withUnbegun} from './chainState'
import type {FollowFeed} from './changes/follow'
import type {ApiClient} from './clients'
import type {ListContext} from './list/pageArgs'
import {createLoaders, type Loaders} from './loaders'
import type {SnapshotOptions} from './snapshot'

/** What one answer is made with; all of it ends with the answer. */
export type Context = ListContext &
  Readonly<{
    load: Loaders
    /** The moment of the answer, for what time decides: the wall clock, or the time of the block that it is as of. */
    now: Date
    /** The moment lies between `now` and this: as of a block whose time is not known, they differ. */
    latest: Date
    /** The same answer's context as of a past moment. */
    at: (asOf: AsOf) => Context
    /** Who asks; requireScope(client, …) guards what needs a key. */
    client: ApiClient
    /** Somebody looks at the metadata of that asset or collection, and it is old or was never read. */
    noteReader: (key: string) => void
    /** For the little that mutations write; never what an answer is read from. */
    primary: Pool
    /** Live entries of the feed. */
    followFeed: FollowFeed
    /** Answers by a single statement, where that is possible; says afterwards whether it was not enough. */
    tryOneStatement: () => () => boolean
    /** A query for the moment that the answer is of. */
    lookUp: AnswerSnapshot['lookUp']
    /** Forgets what was read: the answer is made again, in a transaction. */
    restart: () => void
    webhooks: WebhookTerms
    release: () => Promise<void>
  }>

type Options = SnapshotOptions &
  Pick<Context, 'client' | 'noteReader' | 'primary' | 'followFeed' | 'webhooks'> &
  Readonly<{chainIds: readonly ChainId[]}>

export function createContext({chainIds, client, noteReader, primary, followFeed, webhooks, ...options}: Options): Context {
  const db = createAnswerSnapshot(options)
  const now = new Date()
  const made: Pick<Context, 'load'>[] = []
  let chains: Promise<readonly ChainState[]> | null = null
  const readChains = () => (chains ??= db.states().then((states) => withUnbegun(states, chainIds)))
  const lists = new Map<string, DataLoader<string, unknown>>()
  const fixed = {
    db,
    soleChainId: chainIds.length === 1 ? (chainIds[0] ?? null) : null,
    chains: readChains,
    isOneChain: async () => {
      const known = options.stateSchemas.known()
      return known ? new Set([...known, ...chainIds]).size === 1 : (await readChains()).length === 1
    },
    client,
    noteReader,
    primary,
    followFeed,
    tryOneStatement: db.tryOneStatement,
    lookUp: db.lookUp,
    restart: () => {
      db.beginTransaction()
      lists.clear()
      chains = null
      for (const {load} of made) for (const loader of Object.values(load)) loader.clearAll()
    },
    webhooks,
    release: db.release,
  }
  const at = (asOf: AsOf | null): Context => {
    const context = {
      ...fixed,
      asOf,
      nested: createNested(asOf === null ? lists : new Map()),
      load: createLoaders({...fixed, asOf}),
      now: asOf?.now ?? now,
      latest: asOf?.latest ?? now,
      at,
    }
    made.push(context)
    return context
  }
  return at(null)
}

function createNested(lists: Map<string, DataLoader<string, unknown>>): ListContext['nested'] {
  return (key, load) => {
    let loader = lists.get(key)
    if (!loader) lists.set(key, (loader = new DataLoader((keys: readonly string[]) => load(keys))))
    return loader
  }
}
