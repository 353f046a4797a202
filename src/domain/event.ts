import type {AssetNamespace, ChainId} from './caip'
import type {ContractEventBody} from './contractEvent'
import type {Address, Hash32} from './hex'
import type {EventKey} from './ids'
import type {LicenseEventBody, TermsRef} from './licenseEvent'
import type {LinkEventBody} from './linkEvent'
import type {Role} from './role'
import type {Authority} from './rows'
import type {SaleEventBody} from './saleEvents'
import type {SplitEventBody} from './splitEvents'
import type {Subject} from './subject'

export type * from './contractEvent'
export type * from './licenseEvent'
export type * from './linkEvent'
export type * from './saleEvents'
export type {SplitChanged, SplitDistributed} from './splitEvents'
export type {Subject} from './subject'

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
    /** What a contract logs that may be ERC-721 as well: beside a Transfer of the same movement it says nothing (dropEchoes). */
    besideErc721?: true
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

/** `source`: `log`, `input` (of the transaction), `call` (of the contract), or `unknown: <why>` with `text` null. */
export type Prompt = Readonly<{text: string | null; source: string}>

export type GenerationClaimed = Subject &
  Readonly<{
    type: 'generation.claimed'
    promptHash: Hash32
    outputHash: Hash32 | null
    /** The prompt itself, where it was looked for: its keccak256 is promptHash, so that it proves itself whoever told it. */
    prompt?: Prompt
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

/** Whether a token may be moved (ERC-5192). */
export type TokenLockChanged = Subject & Readonly<{type: 'token.lockChanged'; locked: boolean}>

/** Somebody wrote down on chain what content is, by a hash or an identifier of it. */
export type MetadataCommitted = Readonly<{
  type: 'metadata.committed'
  /** Null: the log names no asset; the content's own hash is all there is to find it by (ERC-7053). */
  asset: Subject | null
  /** Who commits; null: the emitter itself. */
  by: Address | null
  /** Of the committed bytes, by the protocol's own function; null when the log tells none. */
  contentHash: Hash32 | null
  /** keccak256 of the content identifier, where the log holds that only. */
  cidHash: Hash32 | null
  uri: string | null
  /** What was said about it. */
  note: string | null
}>

/** An oracle was asked for a generation. It names the contract that asked, and not the token. */
export type GenerationRequested = Readonly<{
  type: 'generation.requested'
  requestId: bigint
  /** Whom the answer goes to: the collection, where it asks for itself. */
  requester: Address
  modelId: Hash32
  /** keccak256 of the input, which is the prompt hash of ERC-7007 where the input is the prompt. */
  inputHash: Hash32
  /** The input where it is text. */
  input: string | null
}>

/** The oracle's answer, or a later one in its place. */
export type GenerationAnswered = Readonly<{type: 'generation.answered'; requestId: bigint; outputHash: Hash32; by: Address}>

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
    /** What the recipient is, where the log says it. */
    role?: Role | null
  }>

export type DerivativeRegistered = Readonly<{
  type: 'derivative.registered'
  /** Null: content that is no token; see parentContent. */
  parent: Subject | null
  /** Hash of a data set, a model or other content that it was made from; null where the parent is a token. */
  parentContent?: Hash32 | null
  child: Subject
  licenseId: bigint | null
  /** Out of 10 000; of `terms` where there are any. */
  royaltyBps: number
  terms?: TermsRef
  /** 0 derivative, 1 reproduction, 2 clone, 3 model fine-tune or training; other values as logged. */
  relation: number
}>

/** What a standard's decoder returns: meaning without place. The vocabulary is closed: a new member is a decision. */
export type EventBody =
  | TokenTransferred
  | TokenRangeTransferred
  | MetadataChanged
  | GenerationClaimed
  | GenerationVerified
  | GenerationUpdated
  | GenerationInvalidated
  | RoyaltyPaid
  | DerivativeRegistered
  | LicenseEventBody
  | ContractEventBody
  | TokenLockChanged
  | MetadataCommitted
  | GenerationRequested
  | GenerationAnswered
  | LinkEventBody
  | SaleEventBody
  | SplitEventBody

export type EventType = EventBody['type']

/** A decoded fact in its place. `standard` is the folder that decoded it. */
export type EventHeader = Readonly<{
  ref: EventRef
  emitter: Address
  standard: string
  /** Whose word it is about the asset named (architecture §3): `self` when the emitter is the asset's own contract, or the event names no other. */
  authority: Authority
  /** A later log of its transaction mints the asset that it names, or has it move again: where it is burned, its next life is meant. */
  beforeMint?: true
}>

export type DomainEvent<B extends EventBody = EventBody> = B extends EventBody ? EventHeader & B : never
export type EventOf<T extends EventType> = DomainEvent<Extract<EventBody, {type: T}>>
