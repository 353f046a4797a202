import type {Store as SubsquidStore} from '@subsquid/typeorm-store'
import type {EntityManager} from 'typeorm'

/**
 * What Subsquid's Store keeps private and bulk writing needs: the transaction, and whether this slice is hot. Only writes through the Store
 * are undone on a fork, so a wrong answer here would leave orphaned rows behind for ever; a Store of another shape stops the process.
 */
export type Slice = Readonly<{em: EntityManager; hot: boolean}>

export class StoreChanged extends Error {
  override readonly name = 'StoreChanged'
  readonly code = 'E_STORE_CHANGED'
}

export function readSlice(store: SubsquidStore): Slice {
  const inside = store as unknown as {em?: unknown; changes?: unknown}
  if (typeof inside.em !== 'function' || !('changes' in inside))
    throw new StoreChanged(
      '@subsquid/typeorm-store has another shape than the one this was built for: src/store/slice.ts must be read again',
    )
  const {changes} = inside
  if (changes !== undefined && typeof (changes as {trackInsert?: unknown}).trackInsert !== 'function')
    throw new StoreChanged('the change tracker of @subsquid/typeorm-store has another shape: src/store/slice.ts must be read again')
  return {em: (inside.em as () => EntityManager)(), hot: changes !== undefined}
}
