import type {EventBody} from './event'
import type {Hash32} from './hex'
import type {Log} from './log'

/** One event layout of a standard. Routed by (topic0, number of topics), never topic0 alone. */
export type EventLayout = Readonly<{
  /** As the ABI writes it, with `indexed`, e.g. `Transfer(address indexed from, address indexed to, uint256 indexed tokenId)`. */
  signature: string
  topic0: Hash32
  /** topic0 included. */
  topicCount: number
  /** Pure. Throws DecodeError, or anything the ABI codec throws, on a log it cannot read: decodeLogs turns both into a stored failure. */
  decode: (log: Log) => readonly EventBody[]
}>

/** A shape known to be somebody else's (ERC-20's Transfer): passed over, neither event nor failure. */
export type ForeignLayout = Readonly<{topic0: Hash32; topicCount: number; reason: string}>

export type Standard = Readonly<{
  /** Folder name under src/standards, and the name used in indexer.yaml. */
  name: string
  /** For people: `ERC-721 Non-Fungible Token Standard`. */
  title: string
  source: string
  layouts: readonly EventLayout[]
  foreign?: readonly ForeignLayout[]
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
