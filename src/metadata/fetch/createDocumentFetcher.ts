import {createHash} from 'node:crypto'
import type {LookupFunction} from 'node:net'
import {keccak256} from 'ethers'
import type {Hex} from '../../domain/hex'
import {createHttpClient} from './createHttpClient'
import {buildFailure, type DocumentOutcome, type FetchAttempt, FetchProblem} from './documentOutcome'
import {type DocumentTarget, parseDocumentUri} from './documentUri'
import {type Content, type Fetching, fetchArweave, fetchHttp, fetchIpfs, fetchIpns} from './fetchContent'
import {createGatewayHealth} from './gatewayHealth'
import {sniffMediaType} from './mediaType'

export type DocumentFetcherOptions = Readonly<{
  /** Base URLs, tried by health: `https://ipfs.io` is asked for `/ipfs/<cid>`. Trusted to be reached wherever they are, not to be honest. */
  ipfsGateways: readonly string[]
  /** Base URLs, tried by health: `https://arweave.net` is asked for `/<id>`. */
  arweaveGateways: readonly string[]
  /** For tests and the demo: URIs may lead to any address and port. */
  allowPrivateAddresses: boolean
  /** Of the document, on the wire and decompressed. */
  maxBytes?: number
  /** For one answer, redirects included. */
  attemptTimeoutMs?: number
  /** For one document, all gateways and waiting in line included. */
  totalTimeoutMs?: number
  /** How long a gateway is waited for before the next is asked as well. */
  hedgeMs?: number
  /** Questions to one host at once. */
  perHost?: number
  /** The same for a gateway of the operator's. */
  perGateway?: number
  maxRedirects?: number
  allowedPorts?: readonly number[]
  /** In place of the system's resolver. */
  lookup?: LookupFunction
}>

/** A hash of the whole document that the chain holds: by ERC-7053, Story, or the event itself. */
export type Commitment = Readonly<{algorithm: 'keccak256' | 'sha256'; digest: Hex}>
export type FetchOptions = Readonly<{
  signal?: AbortSignal
  commitment?: Commitment
  /** Somebody waits for it: before others that wait for the same host. */
  isUrgent?: boolean
}>
export type DocumentFetcher = ReturnType<typeof createDocumentFetcher>

const MIB = 1024 * 1024

/** Fetches what a stranger's URI names. Never throws, never waits longer than `totalTimeoutMs`, never holds more than a few times `maxBytes`. */
export function createDocumentFetcher(options: DocumentFetcherOptions) {
  const {maxBytes = 8 * MIB, attemptTimeoutMs = 15_000, totalTimeoutMs = 45_000, hedgeMs = 2_000} = options
  const ipfsGateways = options.ipfsGateways.map(trimSlashes)
  const arweaveGateways = options.arweaveGateways.map(trimSlashes)
  const health = createGatewayHealth([...ipfsGateways, ...arweaveGateways])
  const http = createHttpClient({
    // A CAR is a little longer than the file in it.
    maxBytes: maxBytes + Math.ceil(maxBytes / 8) + 4_096,
    attemptTimeoutMs,
    maxRedirects: options.maxRedirects ?? 5,
    perHost: options.perHost ?? 8,
    perGateway: options.perGateway ?? 32,
    allowedPorts: options.allowedPorts ?? [80, 443, 8080, 8443],
    allowPrivateAddresses: options.allowPrivateAddresses,
    trustedOrigins: [...ipfsGateways, ...arweaveGateways].map((url) => new URL(url).origin),
    lookup: options.lookup,
  })
  const urgentHttp: Fetching['http'] = {fetch: (url, question) => http.fetch(url, {...question, isUrgent: true})}
  const closed = new AbortController()

  const fetchContent = async (target: DocumentTarget, fetching: Fetching): Promise<Content> => {
    switch (target.kind) {
      case 'inline':
        return readInline(target.bytes, target.mediaType)
      case 'http':
        return fetchHttp(fetching, target.url)
      case 'ipfs':
        return fetchIpfs(fetching, target)
      case 'ipns':
        return fetchIpns(fetching, target)
      case 'arweave':
        return fetchArweave(fetching, target)
    }
  }

  return {
    fetch: async (uri: string, {signal, commitment, isUrgent}: FetchOptions = {}): Promise<DocumentOutcome> => {
      const attempts: FetchAttempt[] = []
      const deadline = AbortSignal.timeout(totalTimeoutMs)
      const either = AbortSignal.any([closed.signal, deadline, ...(signal ? [signal] : [])])
      try {
        if (either.aborted) throw either.reason
        const target = parseDocumentUri(uri)
        const content = await fetchContent(target, {
          http: isUrgent ? urgentHttp : http,
          health,
          ipfsGateways,
          arweaveGateways,
          hedgeMs,
          maxBytes,
          signal: either,
          attempts,
        })
        if (content.bytes.length > maxBytes) throw new FetchProblem('too_large', `${content.bytes.length} bytes; at most ${maxBytes}`)
        const mediaType = sniffMediaType(content.bytes, content.declaredMediaType)
        return {ok: true, ...content, mediaType, ...judge(content, commitment), attempts}
      } catch (error) {
        return buildFailure(toProblem(error, deadline, totalTimeoutMs), attempts)
      }
    },
    close: async (): Promise<void> => {
      closed.abort(new FetchProblem('aborted', 'the fetcher is closed'))
      await http.close()
    },
  }
}

const trimSlashes = (url: string): string => url.replace(/\/+$/, '')

const readInline = (bytes: Uint8Array, mediaType: string | null): Content => ({
  bytes,
  declaredMediaType: mediaType,
  finalUrl: 'data:',
  gateway: null,
  verdict: 'verified',
  reason: 'the document is what the chain itself answered',
})

/** A commitment on chain says more than an address does. */
function judge({bytes, verdict, reason}: Content, commitment: Commitment | undefined): Pick<Content, 'verdict' | 'reason'> {
  if (!commitment) return {verdict, reason}
  const digest = commitment.algorithm === 'keccak256' ? keccak256(bytes) : `0x${createHash('sha256').update(bytes).digest('hex')}`
  if (digest === commitment.digest.toLowerCase())
    return {verdict: 'verified', reason: `${commitment.algorithm} is the one committed on chain`}
  return {verdict: 'mismatched', reason: `${commitment.algorithm} is ${digest}, committed on chain is ${commitment.digest}`}
}

function toProblem(error: unknown, deadline: AbortSignal, totalTimeoutMs: number): FetchProblem {
  if (deadline.aborted) return new FetchProblem('timeout', `no document within ${totalTimeoutMs} ms`, {cause: error})
  if (error instanceof FetchProblem) return error
  return new FetchProblem('aborted', 'no longer asked for', {cause: error})
}
