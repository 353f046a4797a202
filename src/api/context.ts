import DataLoader from 'dataloader'
import type {Pool} from 'pg'
import type {ChainId} from '../domain/caip'
import {type ChainState, withUnbegun} from './chainState'
import type {FollowFeed} from './changes/follow'
import type {ApiClient} from './clients'
import type {ListContext} from './list/pageArgs'
import {createLoaders, type Loaders} from './loaders'
import {createSnapshot, type SnapshotOptions} from './snapshot'

/** What one answer is made with; all of it ends with the answer. */
export type Context = ListContext &
  Readonly<{
    load: Loaders
    /** The moment of the answer, for what time decides. */
    now: Date
    /** Who asks; requireScope(client, …) guards what needs a key. */
    client: ApiClient
    /** Somebody looks at the metadata of that asset or collection, and it is old or was never read. */
    noteReader: (key: string) => void
    /** For the little that mutations write; never what an answer is read from. */
    primary: Pool
    /** Live entries of the feed. */
    followFeed: FollowFeed
    release: () => Promise<void>
  }>

type Options = SnapshotOptions &
  Pick<Context, 'client' | 'noteReader' | 'primary' | 'followFeed'> &
  Readonly<{chainIds: readonly ChainId[]}>

export function createContext({chainIds, client, noteReader, primary, followFeed, ...options}: Options): Context {
  const db = createSnapshot(options)
  const lists = new Map<string, DataLoader<string, unknown>>()
  let chains: Promise<readonly ChainState[]> | null = null
  return {
    db,
    soleChainId: chainIds.length === 1 ? (chainIds[0] ?? null) : null,
    nested: (key, load) => {
      let loader = lists.get(key)
      if (!loader) lists.set(key, (loader = new DataLoader((keys: readonly string[]) => load(keys))))
      return loader
    },
    load: createLoaders(db),
    chains: () => (chains ??= db.states().then((states) => withUnbegun(states, chainIds))),
    now: new Date(),
    client,
    noteReader,
    primary,
    followFeed,
    release: db.release,
  }
}
