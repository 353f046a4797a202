import {FILTER_KIND_SQL, filterKind, type JournalChange} from './journalChange'

/**
 * Which entries somebody wants: of one of the kinds, and about one of the collections or assets. Null: all. An asset is also concerned by what
 * speaks of its collection and of no asset alone: ranges, the contract's metadata, upgrades.
 */
export type ChangeFilter = Readonly<{
  /** Tables of facts, and WORKER_KIND. */
  kinds: readonly string[] | null
  /** Stored keys. */
  collections: readonly string[] | null
  assets: readonly string[] | null
  /** Also what contracts claim about others' assets without being trusted. */
  includeUnverified: boolean
}>

export const EVERYTHING: ChangeFilter = {kinds: null, collections: null, assets: null, includeUnverified: true}

/** `1-0xab…-7` -> `1-0xab…` */
export const collectionOfAsset = (asset: string): string => asset.slice(0, asset.lastIndexOf('-'))

export const namesPlaces = ({collections, assets}: Pick<ChangeFilter, 'collections' | 'assets'>): boolean =>
  collections !== null || assets !== null

export function matchesFilter(filter: ChangeFilter, change: JournalChange): boolean {
  if (change.isUnverified && !filter.includeUnverified) return false
  if (filter.kinds !== null && !filter.kinds.includes(filterKind(change))) return false
  if (!namesPlaces(filter)) return true
  const {collections, assets} = change
  if (filter.collections?.some((collection) => collections.includes(collection))) return true
  if (filter.assets?.some((asset) => assets.includes(asset))) return true
  return assets.length === 0 && filter.assets?.some((asset) => collections.includes(collectionOfAsset(asset))) === true
}

/** The same as SQL over the alias `c`; `add` makes a value a parameter. */
export function filterSql({kinds, collections, assets, includeUnverified}: ChangeFilter, add: (value: unknown) => string): string {
  const places = [
    ...(collections ? [`c.collections && ${add(collections)}::text[]`] : []),
    ...(assets
      ? [
          `c.assets && ${add(assets)}::text[]`,
          `c.assets = '{}' AND c.collections && ${add([...new Set(assets.map(collectionOfAsset))])}::text[]`,
        ]
      : []),
  ]
  const kind = kinds ? [`${FILTER_KIND_SQL} = ANY (${add(kinds)}::text[])`] : []
  const place = places.length > 0 ? [`(${places.map((part) => `(${part})`).join(' OR ')})`] : []
  const authority = includeUnverified ? [] : ['NOT c.unverified']
  return [...authority, ...kind, ...place].join(' AND ') || 'true'
}
