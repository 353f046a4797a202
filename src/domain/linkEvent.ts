import type {Address} from './hex'
import type {EventKey} from './ids'
import type {Subject} from './subject'

/** Bodies of what contracts' own shapes tell beside the standards, and of what the pipeline finds between events; members of EventBody. */

/** Somebody put a stake behind something. */
export type StakeAllocated = Readonly<{
  type: 'stake.allocated'
  /** Null: behind no asset, but behind what `purpose` names. */
  asset: Subject | null
  staker: Address
  /** For whom: the provider, model or curator that is backed; null: not told. */
  beneficiary: Address | null
  currency: Address
  amount: bigint
  purpose: string | null
}>

/** A factory made a contract. From this block on its logs are indexed too. */
export type ContractCreated = Readonly<{type: 'contract.created'; contract: Address}>

/** How one event explains another of the same transaction. */
export type LinkRelation = 'triggeredBy' | 'paidBy' | 'explainedBy'

/** Not logged but seen: `effect` came with `cause`, in one transaction. Both are facts of their own. */
export type EventLinked = Readonly<{
  type: 'event.linked'
  relation: LinkRelation
  effect: EventKey
  effectType: LinkEffect
  cause: EventKey
  causeType: LinkCause
}>

export type LinkEffect = 'royalty.paid' | 'stake.allocated' | 'license.granted' | 'metadata.changed'
export type LinkCause = 'generation.claimed' | 'generation.verified' | 'generation.updated' | 'royalty.paid'

export type LinkEventBody = StakeAllocated | ContractCreated | EventLinked
