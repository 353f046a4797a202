import {rmSync} from 'node:fs'
import {join} from 'node:path'
import {type EmbeddedPostgres, startEmbeddedPostgres} from '../../postgres/embedded'
import type {Lifetime} from '../lifetime'
import {isIndexedFrom} from './isIndexedFrom'

/** What the demo needs of a chain of its own. */
export type Chain = Readonly<{rpcUrl: string; chainId: number; restored: boolean; exited: Promise<string>; stop: () => Promise<void>}>

/** `begun`: nothing was there. `restored`: chain and database go on. `afresh`: what was there could not go on, both begin anew. */
export type Beginning = 'begun' | 'restored' | 'afresh'

export type Prepared = Readonly<{database: EmbeddedPostgres; chain: Chain; beginning: Beginning}>

type Options = Readonly<{dir: string; lifetime: Lifetime; startChain: (dir: string) => Promise<Chain>; isComplete: () => boolean}>

/**
 * Starts the demo's own database and chain. They belong together: when the chain has lost blocks that the database has indexed
 * (its state is written when it stops, and a kill leaves no time for that), or its history was not finished (`isComplete`),
 * both are removed and begin anew.
 */
export async function prepareDemo({dir, lifetime, startChain, isComplete}: Options): Promise<Prepared> {
  const folders = {database: join(dir, 'postgres'), chain: join(dir, 'chain')}
  const openDatabase = () => lifetime.own(startEmbeddedPostgres({dir: folders.database}), ({stop}) => stop())
  const openChain = () => lifetime.own(startChain(folders.chain), ({stop}) => stop())
  // The database first: it is what tells that another demo is at work in this folder.
  const database = await openDatabase()
  const chain = await openChain()
  if (!database.restored && !chain.restored) return {database, chain, beginning: 'begun'}
  if (database.restored && chain.restored && isComplete() && (await isIndexedFrom(database.url, chain.rpcUrl, chain.chainId)))
    return {database, chain, beginning: 'restored'}
  await chain.stop()
  await database.stop()
  for (const folder of Object.values(folders)) rmSync(folder, {recursive: true, force: true})
  return {database: await openDatabase(), chain: await openChain(), beginning: 'afresh'}
}
