import {type ChangeFilter, collectionOfAsset, matchesFilter, namesPlaces} from './changeFilter'
import type {JournalChange} from './journalChange'

/** Who wants which entries, found by what an entry speaks of: its cost is that of those who are told, not of those who are not. */
export type FilterIndex<T> = Readonly<{
  add: (filter: ChangeFilter, one: T) => void
  remove: (filter: ChangeFilter, one: T) => void
  /** Each of those who want the entry, once. */
  find: (change: JournalChange) => ReadonlySet<T>
  size: () => number
}>

export function createFilterIndex<T>(): FilterIndex<T> {
  /** By collection or asset; those that name none are under EVERYWHERE. */
  const places = new Map<string, Map<T, ChangeFilter>>()
  const known = new Set<T>()
  return {
    add: (filter, one) => {
      known.add(one)
      for (const place of placesOf(filter)) {
        const there = places.get(place) ?? new Map<T, ChangeFilter>()
        places.set(place, there.set(one, filter))
      }
    },
    remove: (filter, one) => {
      known.delete(one)
      for (const place of placesOf(filter)) {
        const there = places.get(place)
        there?.delete(one)
        if (there?.size === 0) places.delete(place)
      }
    },
    find: (change) => {
      const found = new Set<T>()
      for (const place of [EVERYWHERE, ...change.collections, ...change.assets])
        for (const [one, filter] of places.get(place) ?? []) if (matchesFilter(filter, change)) found.add(one)
      return found
    },
    size: () => known.size,
  }
}

const EVERYWHERE = ''

/** Keys of collections and assets never equal each other. What concerns an asset by its collection is found there. */
const placesOf = (filter: ChangeFilter): ReadonlySet<string> =>
  namesPlaces(filter)
    ? new Set([...(filter.collections ?? []), ...(filter.assets ?? []).flatMap((asset) => [asset, collectionOfAsset(asset)])])
    : new Set([EVERYWHERE])
