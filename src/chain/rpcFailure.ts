import type {BlockRange} from './blockRange'

/**
 * What to do about a failed call, which is all that the caller needs to know of it:
 *  - rangeTooWide: ask for fewer blocks            - tooManyResults: the same, but the density decides, not the count
 *  - tooManyAddresses: ask for fewer addresses     - batchTooLarge: fewer calls in one request
 *  - rateLimited: this node, later                 - unavailable: another node, this one later
 *  - behind: another node, this one has not the block yet (or has lost it to pruning)
 *  - unsupported: another method or another node   - refused: the key is not good; another node
 *  - malformed: the answer is none (not JSON, cut off, wrong id, wrong shape); another node
 *  - dishonest: the answer was disproved; another node, this one is set aside
 *  - wrongChain: the node serves another chain
 */
export type RpcFailureKind =
  | 'rangeTooWide'
  | 'tooManyResults'
  | 'tooManyAddresses'
  | 'batchTooLarge'
  | 'rateLimited'
  | 'unavailable'
  | 'behind'
  | 'unsupported'
  | 'refused'
  | 'malformed'
  | 'dishonest'
  | 'wrongChain'

export type RpcFailureDetail = Readonly<{
  retryAfterMs?: number
  /** The range that the provider says would work. */
  suggestion?: BlockRange
  /** The number of blocks that the provider says it takes. */
  maxBlocks?: number
  /** The number of calls in one request that the provider says it takes. */
  maxBatch?: number
  isTimeout?: boolean
  cause?: unknown
}>

/** A call to a node that gave no usable answer. The message holds no URL. */
export class RpcFailure extends Error {
  override readonly name = 'RpcFailure'
  readonly code = 'E_RPC'
  readonly retryable = true
  readonly retryAfterMs: number | undefined
  readonly suggestion: BlockRange | undefined
  readonly maxBlocks: number | undefined
  readonly maxBatch: number | undefined
  readonly isTimeout: boolean
  constructor(
    readonly kind: RpcFailureKind,
    message: string,
    detail: RpcFailureDetail = {},
  ) {
    super(message, {cause: detail.cause})
    this.retryAfterMs = detail.retryAfterMs
    this.suggestion = detail.suggestion
    this.maxBlocks = detail.maxBlocks
    this.maxBatch = detail.maxBatch
    this.isTimeout = detail.isTimeout ?? false
  }
}

export const isRpcFailure = (error: unknown): error is RpcFailure => error instanceof RpcFailure
