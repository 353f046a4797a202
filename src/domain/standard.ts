import type {ChainId} from './caip'
import type {EventBody} from './event'
import type {Address, Hash32} from './hex'
import type {Log} from './log'
import type {Answer, Question} from './question'

/** One event layout of a standard. Routed by (topic0, number of topics), never topic0 alone. */
export type EventLayout = Readonly<{
  /** As the ABI writes it, with `indexed`, e.g. `Transfer(address indexed from, address indexed to, uint256 indexed tokenId)`. */
  signature: string
  topic0: Hash32
  /** topic0 included. */
  topicCount: number
  /** Whose logs it reads: for every other contract it is as if it were not there. Left out: everybody's. */
  emitters?: ReadonlySet<Address>
  /** Contracts whose logs it leaves to layouts that name them. */
  leaves?: ReadonlySet<Address>
  /**
   * Where the log is not enough: what to ask the chain at its block, at most MAX_QUESTIONS. Pure; asked before `decode`, which is given the
   * answers in this order.
   */
  asks?: (log: Log) => readonly Question[]
  /** What it says is said beside what another layout reads in the log, and does not take the log away from it. */
  beside?: true
  /** It asks, and is given answers, only where the log is believed: anybody can log it, and what is found out is worth nothing of a stranger. */
  asksBelieved?: true
  /** It asks about every sale, where that is believed: only where the operator wants it (`royaltyInfo` of the chain). */
  asksRoyalties?: true
  /**
   * Pure. Throws DecodeError, or anything the ABI codec throws, on a log it cannot read: decodeLogs turns both into a stored failure. An answer
   * that is missing or failed is no error: the event says what is not known.
   */
  decode: (log: Log, answers?: readonly Answer[]) => readonly EventBody[]
}>

/** A shape known to be somebody else's (ERC-20's Transfer): passed over, neither event nor failure. */
export type ForeignLayout = Readonly<{topic0: Hash32; topicCount: number; reason: string}>

/** A contract of the protocol itself, at its published address: its word counts as that of a contract on the operator's list. */
export type Deployment = Readonly<{address: Address; chains: '*' | readonly ChainId[]}>

export type Standard = Readonly<{
  /** Folder name under src/standards, and the name used in indexer.yaml. */
  name: string
  /** For people: `ERC-721 Non-Fungible Token Standard`. */
  title: string
  source: string
  layouts: readonly EventLayout[]
  foreign?: readonly ForeignLayout[]
  /** Read only from contracts that name it in indexer.yaml: its logs look like somebody else's. */
  onlyByName?: true
  deployments?: readonly Deployment[]
}>

export type FailureReason = 'unknown_layout' | 'malformed' | 'out_of_range' | 'text_invalid' | 'too_large'

/** A decoder's own verdict on a log; anything else thrown counts as `malformed`. */
export class DecodeError extends Error {
  override readonly name = 'DecodeError'
  readonly code = 'E_DECODE'
  constructor(
    readonly reason: FailureReason,
    detail: string,
  ) {
    super(detail)
  }
}
