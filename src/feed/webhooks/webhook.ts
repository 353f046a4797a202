import {tablesOfKinds} from '../../api/changes/changeKind'
import type {ChangeKindName} from '../../domain/provenanceKind'
import type {ChangeFilter} from '../journal/changeFilter'

export const FINALITIES = ['head', 'final'] as const
export type Finality = (typeof FINALITIES)[number]

/** active; paused by its owner; disabled by us, with a reason. */
export type WebhookState = 'active' | 'paused' | 'disabled'

/** What is wanted, in stored keys. */
export type WebhookFilter = Readonly<{
  kinds: readonly ChangeKindName[] | null
  collections: readonly string[] | null
  assets: readonly string[] | null
  includeUnverified: boolean
}>

/** A webhook as its table shows it, without its secrets. */
export type WebhookRow = WebhookFilter &
  Readonly<{
    id: string
    /** Null: made by the operator's configuration and no key. */
    owner: string | null
    name: string
    url: string
    finality: Finality
    state: WebhookState
    reason: string | null
    createdAt: Date
  }>

export const WEBHOOK_COLUMNS = `w.id, w.owner, w.name, w.url, w.kinds, w.collections, w.assets, w.include_unverified AS "includeUnverified",
  w.finality, w.state, w.reason, w.created_at AS "createdAt"`

export const filterOf = ({kinds, collections, assets, includeUnverified}: WebhookFilter): ChangeFilter => ({
  kinds: kinds === null ? null : tablesOfKinds(kinds),
  collections,
  assets,
  includeUnverified,
})

/** The lane of an endpoint that is told at once. */
export const HEAD_LANE = -1
/** The lane of what belongs to no block, for endpoints that are told only what is final. */
export const NO_BLOCK_LANE = 0
