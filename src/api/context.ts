import DataLoader from 'dataloader'
import type {Pool} from 'pg'
import type {ChainId} from '../domain/caip'
import {type ChainState, loadChainStates} from './chainState'
import type {NestedLists} from './list/args'
import {createLoaders, type Loaders} from './loaders'
import {createSnapshot} from './snapshot'

/** What one answer is made with; all of it ends with the answer. */
export type Context = NestedLists &
  Readonly<{
    load: Loaders
    /** Every chain that is indexed, as this answer's snapshot has it. */
    chains: () => Promise<readonly ChainState[]>
    /** The moment of the answer, for what time decides. */
    now: Date
    release: () => Promise<void>
  }>

type Options = Readonly<{
  pool: Pool
  chainIds: readonly ChainId[]
  stateSchemas: () => Promise<readonly ChainId[]>
  statementTimeoutMs: number
}>

export function createContext({pool, chainIds, stateSchemas, statementTimeoutMs}: Options): Context {
  const db = createSnapshot(pool, statementTimeoutMs)
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
    chains: () => (chains ??= stateSchemas().then((stored) => loadChainStates(db, stored, chainIds))),
    now: new Date(),
    release: db.release,
  }
}
