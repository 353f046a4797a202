import type {Store as SubsquidStore} from '@subsquid/typeorm-store'
import type {EntityManager} from 'typeorm'

/**
 * What Subsquid's Store keeps private and bulk writing needs: the transaction, and whether this slice is hot. Only writes through the Store
 * are undone on a fork, so a wrong answer here would leave orphaned rows behind for ever; a Store of another shape stops the process.
 */
export type Slice = Readonly<{em: EntityManager; tracker: Tracker | null}>

/** Where a hot block's changes are noted. */
export type Tracker = Readonly<{
  /** Escaped name of the schema that Subsquid keeps its state in. */
  schema: string
  height: number
  /** Reserves places in the block's notes; answers the first. */
  take: (count: number) => number
}>

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
  return {em: (inside.em as () => EntityManager)(), tracker: changes === undefined ? null : trackerOf(changes)}
}

function trackerOf(changes: unknown): Tracker {
  const inside = changes as {statusSchema?: unknown; blockHeight?: unknown; index?: unknown}
  const {statusSchema: schema, blockHeight: height} = inside
  if (typeof schema !== 'string' || !/^"\w+"$/.test(schema) || !Number.isSafeInteger(height) || !Number.isSafeInteger(inside.index))
    throw new StoreChanged('the change tracker of @subsquid/typeorm-store has another shape: src/store/slice.ts must be read again')
  return {
    schema,
    height: height as number,
    take: (count) => {
      const first = inside.index as number
      inside.index = first + count
      return first
    },
  }
}
