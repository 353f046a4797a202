import type {AssetNamespace, ChainId} from './caip'
import type {Address, Hash32} from './hex'
import type {EventKey} from './ids'
import type {Authority} from './rows'

/** The log a fact came from (INV-2). */
export type EventRef = Readonly<{
  key: EventKey
  chainId: ChainId
  blockNumber: number
  blockHash: Hash32
  /** Block time, unix seconds. */
  timestamp: number
  transactionHash: Hash32
  transactionFrom: Address | null
  logIndex: number
  /** Position among the events that one log became. */
  subIndex: number
}>

type Subject = Readonly<{collection: Address; tokenId: bigint}>

/** A token moved; mint and burn are transfers from and to the zero address. Both zero with amount 0: an ERC-1155 id was declared. */
export type TokenTransferred = Subject &
  Readonly<{
    type: 'token.transferred'
    namespace: AssetNamespace
    from: Address
    to: Address
    amount: bigint
    /** ERC-1155 only. */
    operator: Address | null
  }>

/** ERC-2309: every id from..to inclusive moved. from > to is possible in hostile logs and moves nothing. */
export type TokenRangeTransferred = Readonly<{
  type: 'token.rangeTransferred'
  collection: Address
  fromTokenId: bigint
  toTokenId: bigint
  from: Address
  to: Address
}>

export type MetadataChanged = Readonly<{
  type: 'metadata.changed'
  collection: Address
  scope:
    | Readonly<{kind: 'token'; tokenId: bigint}>
    /** Inclusive; `toTokenId` null: open-ended. from > to is tolerated and names nothing. */
    | Readonly<{kind: 'range'; fromTokenId: bigint; toTokenId: bigint | null}>
    | Readonly<{kind: 'contract'}>
  /** Only when the log carries it. */
  uri: string | null
}>

export type GenerationClaimed = Subject &
  Readonly<{
    type: 'generation.claimed'
    promptHash: Hash32
    outputHash: Hash32 | null
    /** Null when the proof in the log is empty. */
    proofHash: Hash32 | null
  }>

export type GenerationVerified = Subject &
  Readonly<{
    type: 'generation.verified'
    promptHash: Hash32
    outputHash: Hash32
    modelId: Hash32
    proofHash: Hash32
    /** 0 validity (zkML), 1 fraud (opML), 2 TEE, 3 signed attestation; other values as logged. */
    proofType: number
    proofURI: string | null
    verifier: Address
    /** Unix seconds; null: final at once. */
    challengeDeadline: bigint | null
  }>

export type GenerationUpdated = Subject & Readonly<{type: 'generation.updated'; promptHash: Hash32; outputHash: Hash32}>

export type GenerationInvalidated = Subject & Readonly<{type: 'generation.invalidated'; proofHash: Hash32; by: Address; reason: string}>

export type LicenseGranted = Subject &
  Readonly<{
    type: 'license.granted'
    /** Unique per emitter. */
    licenseId: bigint
    licensor: Address
    licensee: Address
    /** Same emitter; null: root. */
    parentLicenseId: bigint | null
    /** Null: irrevocable. */
    revoker: Address | null
    /** Unix seconds, inclusive. */
    startTime: bigint
    /** Unix seconds, inclusive; null: perpetual. */
    expiry: bigint | null
    currency: Address
    price: bigint
    exclusivity: number
    sublicensable: boolean
    transferable: boolean
    termsHash: Hash32 | null
    termsURI: string | null
  }>

export type LicenseRevoked = Readonly<{
  type: 'license.revoked'
  licenseId: bigint
  revokedBy: Address
  /** Unix seconds from which it holds. */
  effectiveAt: bigint
  reason: string | null
}>

export type LicenseTransferred = Readonly<{type: 'license.transferred'; licenseId: bigint; from: Address; to: Address}>

export type RoyaltyPaid = Subject &
  Readonly<{
    type: 'royalty.paid'
    payer: Address
    recipient: Address
    currency: Address
    gross: bigint | null
    /** Net. */
    amount: bigint
    basis: bigint | null
    /** 0 sale royalty, 1 licence fee, 2 derivative share, 3 other; other values as logged. */
    kind: number
    licenseId: bigint | null
    saleRef: Hash32 | null
  }>

export type DerivativeRegistered = Readonly<{
  type: 'derivative.registered'
  parent: Subject
  child: Subject
  licenseId: bigint | null
  /** Out of 10 000. */
  royaltyBps: number
  /** 0 derivative, 1 reproduction, 2 clone, 3 model fine-tune or training; other values as logged. */
  relation: number
}>

export type ContractUpgraded = Readonly<{type: 'contract.upgraded'; implementation: Address}>

/** What a standard's decoder returns: meaning without place. The vocabulary is closed: a new member is a decision. */
export type EventBody =
  | TokenTransferred
  | TokenRangeTransferred
  | MetadataChanged
  | GenerationClaimed
  | GenerationVerified
  | GenerationUpdated
  | GenerationInvalidated
  | LicenseGranted
  | LicenseRevoked
  | LicenseTransferred
  | RoyaltyPaid
  | DerivativeRegistered
  | ContractUpgraded

export type EventType = EventBody['type']

/** A decoded fact in its place. `standard` is the folder that decoded it. */
export type EventHeader = Readonly<{
  ref: EventRef
  emitter: Address
  standard: string
  /** Whose word it is about the asset named (architecture §3): `self` when the emitter is the asset's own contract, or the event names no other. */
  authority: Authority
}>

export type DomainEvent<B extends EventBody = EventBody> = B extends EventBody ? EventHeader & B : never
export type EventOf<T extends EventType> = DomainEvent<Extract<EventBody, {type: T}>>
