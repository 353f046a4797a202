import type {Address, Hash32, Hex} from './hex'
import type {Subject} from './subject'

/** Bodies of what is said of contracts and accounts; members of EventBody. */

/** The code behind the emitter changed: it has an implementation of its own, or takes that of a beacon, now and whenever the beacon changes it. */
export type ContractUpgraded = Readonly<{type: 'contract.upgraded'}> &
  (Readonly<{implementation: Address; beacon?: undefined}> | Readonly<{implementation: null; beacon: Address}>)

export type ContractAdminChanged = Readonly<{type: 'contract.adminChanged'; previousAdmin: Address; admin: Address}>

/** Functions of a diamond (ERC-2535) got their code from elsewhere. `facet` zero: removed. */
export type ContractFacetsChanged = Readonly<{
  type: 'contract.facetsChanged'
  facets: readonly Readonly<{facet: Address; action: 'add' | 'replace' | 'remove' | 'other'; selectors: readonly Hex[]}>[]
}>

/** An account that belongs to a token, whoever owns that (ERC-6551). */
export type AccountBound = Subject &
  Readonly<{
    type: 'account.bound'
    account: Address
    /** Chain of the token, which may be another one. */
    tokenChainId: bigint
    implementation: Address | null
    /** The account's address is derived from all this (CREATE2), so nobody could say otherwise of it. */
    proven: boolean
  }>

/** Somebody vouches for something. A second one of the same uid takes the place of the first. */
export type AttestationMade = Readonly<{
  type: 'attestation.made'
  /** Unique per emitter. */
  uid: Hash32
  attester: Address
  /** Contract or account it is about; null: not told by the log. */
  subject: Address | null
  /** Of `subject`, when it is about one token; null: about the contract or account. */
  tokenId: bigint | null
  /** `subject` is the account of the token that it is about. */
  namedBy?: 'account'
  schema: Hash32 | null
  /** Unix seconds, inclusive; null: without end, or not told. */
  expiry: bigint | null
  /** 0 to 100. */
  score: number | null
  tag: string | null
  contentHash: Hash32 | null
  uri: string | null
  /** What the registry was asked for; absent where the log tells all there is. */
  record?: AttestationRecord
}>

/** `source`: `call` (of the registry, at the log's block), or `unknown: <why>` with the rest null. */
export type AttestationRecord = Readonly<{
  /** What is attested, encoded as its schema says. */
  data: Hex | null
  /** Another attestation of the registry that it speaks of. */
  refUid: Hash32 | null
  revocable: boolean | null
  source: string
}>

/** Only who made it may take it back, or the registry itself: `by` is the emitter then. */
export type AttestationRevoked = Readonly<{type: 'attestation.revoked'; uid: Hash32; by: Address}>

export type ContractEventBody =
  | ContractUpgraded
  | ContractAdminChanged
  | ContractFacetsChanged
  | AccountBound
  | AttestationMade
  | AttestationRevoked
