/**
 * What is known about the bytes. `verified`: they match the CID, or the hash committed on chain, or are on the chain themselves.
 * `mismatched`: they do not match the committed hash. `mutable`: whoever serves the address may change them. `unverifiable`: the address
 * commits to content, but nothing that was served lets it be checked; the reason says why.
 */
export type Verdict = 'verified' | 'mismatched' | 'mutable' | 'unverifiable'

/** Why there is no document. Closed: what is stored is counted by kind. */
export type FailureKind =
  | 'invalid_uri'
  | 'unsupported_scheme'
  | 'refused_address'
  | 'refused_port'
  | 'credentials'
  | 'no_gateway'
  | 'dns'
  | 'connect'
  | 'timeout'
  | 'too_large'
  | 'http_status'
  | 'not_found'
  | 'rate_limited'
  | 'redirect'
  | 'encoding'
  | 'truncated'
  | 'unsupported_answer'
  | 'dishonest_gateway'
  | 'not_a_file'
  | 'empty'
  | 'aborted'

/** One question to one server, as the history of an asset's metadata shows it. */
export type FetchAttempt = Readonly<{
  /** Scheme and host of who was asked. */
  gateway: string
  /** HTTP status; null when no answer came. */
  status: number | null
  /** Null when it answered with the document. */
  kind: FailureKind | null
  reason: string
  durationMs: number
}>

export type FetchedDocument = Readonly<{
  ok: true
  bytes: Uint8Array
  /** By the bytes first, then by what the server declares, without parameters: a server may say anything. */
  mediaType: string
  /** As declared, with its charset; null when nothing was. */
  declaredMediaType: string | null
  /** After redirects; for inline documents only the scheme. */
  finalUrl: string
  /** Who served it; null when nobody had to. */
  gateway: string | null
  verdict: Verdict
  reason: string
  attempts: readonly FetchAttempt[]
}>

export type FetchFailure = Readonly<{
  ok: false
  kind: FailureKind
  /** Whether asking again, later, can help. */
  retryable: boolean
  /** What a server asked for by Retry-After; null otherwise. */
  retryAfterMs: number | null
  reason: string
  attempts: readonly FetchAttempt[]
}>

export type DocumentOutcome = FetchedDocument | FetchFailure

const RETRYABLE: ReadonlySet<FailureKind> = new Set([
  'no_gateway',
  'dns',
  'connect',
  'timeout',
  'http_status',
  'not_found',
  'rate_limited',
  'encoding',
  'truncated',
  'unsupported_answer',
  'dishonest_gateway',
  'empty',
  'aborted',
])

type ProblemDetail = Readonly<{status?: number; retryAfterMs?: number; retryable?: boolean; cause?: unknown}>

/** Thrown inside the fetcher only; its callers get a FetchFailure. */
export class FetchProblem extends Error {
  override readonly name = 'FetchProblem'
  readonly code = 'E_FETCH'
  readonly retryable: boolean
  readonly status: number | null
  readonly retryAfterMs: number | null

  constructor(
    readonly kind: FailureKind,
    reason: string,
    {status, retryAfterMs, retryable, cause}: ProblemDetail = {},
  ) {
    super(reason, {cause})
    this.retryable = retryable ?? RETRYABLE.has(kind)
    this.status = status ?? null
    this.retryAfterMs = retryAfterMs ?? null
  }
}

export const buildFailure = (problem: FetchProblem, attempts: readonly FetchAttempt[]): FetchFailure => ({
  ok: false,
  kind: problem.kind,
  retryable: problem.retryable,
  retryAfterMs: problem.retryAfterMs,
  reason: problem.message,
  attempts,
})
