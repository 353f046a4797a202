import {parseRetryAfter} from '../outbound/retryAfter'
import {RpcFailure, type RpcFailureKind} from './rpcFailure'

/** The `error` member of a JSON-RPC reply. */
export type RpcErrorBody = Readonly<{code: number | null; message: string; data?: unknown}>

type Rule = Readonly<{kind: RpcFailureKind; says: RegExp; isTimeout?: true; source: string}>

/**
 * Providers' words, by what we do about them; the first that matches decides. Codes are not looked at: -32005 and -32602 mean a range
 * limit, a result limit, a used-up quota or a bad parameter, depending on who says it (stakewise/v3-operator#775, INFURA/infura#237).
 */
const RULES: readonly Rule[] = [
  {kind: 'tooManyResults', says: /batch(ed)? response ((is|was) )?too large/i, source: 'op-stack proxyd; jsonrpsee types/src/error.rs'},
  {
    kind: 'batchTooLarge',
    says: /batch(ed)? (requests? )?((is|are|was|were) )?(too large|limit|size|not (allowed|supported))/i,
    source: 'go-ethereum rpc/errors.go; jsonrpsee types/src/error.rs',
  },
  {
    kind: 'batchTooLarge',
    says: /batch of more than \d+ requests|over batch limit|max(imum)? batch|too many (rpc )?(calls|requests) in (the |a )?batch/i,
    source: 'dRPC free tier; op-stack proxyd rpc.go',
  },
  {
    kind: 'rateLimited',
    says: /rate.?limit|too many requests|compute units per second|credits limited|request limit reached|throughput limit|call rate|requests per (second|minute|day)|capacity (limit )?exceeded|daily (request|limit|quota)|quota/i,
    source: 'latticexyz/mud#1522 (Alchemy, QuickNode); Infura docs "daily request count exceeded"',
  },
  {
    kind: 'tooManyAddresses',
    says: /(exceed|too many|maximum|max).{0,20}(addresses|topics per|parameters)|address(es)? (list|array|filter) (is )?too (large|long|many)/i,
    source: 'go-ethereum eth/filters errExceedMaxAddresses; Infura docs "5,000 parameters"',
  },
  {kind: 'tooManyResults', says: /query returned more than \d+ results/i, source: 'go-ethereum and Infura, ethers-io/ethers.js#4703'},
  {
    kind: 'tooManyResults',
    says: /log response size exceeded|response (size|is|was)( is| was)? (exceeded|too (big|large)|larger)|response size should not|backend response too large/i,
    source: 'Alchemy, bancorprotocol/webapp#523; op-stack proxyd; jsonrpsee',
  },
  {
    kind: 'tooManyResults',
    says: /(exceeds?|exceeded|more than|over) (the )?(max(imum)?|limit of \d+)[ a-z]*(results|logs)|logs matched by query exceeds|too many (results|logs)|max results/i,
    source: 'reth rpc-eth-types logs_utils; Ankr; Erigon',
  },
  {
    kind: 'tooManyResults',
    says: /query timeout|query timed out|log query timed out|execution (timeout|timed out)|request timed out|query duration|canceled due to (enabled )?timeout/i,
    isTimeout: true,
    source: 'Infura docs "Query duration must not exceed 10 seconds"; Erigon; Nethermind JsonRpcService.cs',
  },
  {
    kind: 'rangeTooWide',
    says: /limited to (a |an )?[\d,]+k?\s*(blocks? )?range|up to (a |an )?[\d,]+k? block range/i,
    source: 'QuickNode -32614; Alchemy, BobTheBuidler/dank_mids#772',
  },
  {kind: 'rangeTooWide', says: /range \d+ exceeds limit of \d+/i, source: 'INFURA/infura#237'},
  {
    kind: 'rangeTooWide',
    says: /block range.{0,30}(too (large|wide|high|big)|exceed|limit|greater|more than)|(exceed|over|max(imum)?)[a-z ]{0,20}block range|max range|ranges? over [\d,]+ blocks|requested range exceeds|range (is )?too (large|wide)|too wide/i,
    source: 'Ankr; Cloudflare; AlphaWallet/alpha-wallet-ios#5277; BNB Chain; Besu; reth; dRPC; Chainstack',
  },
  {
    kind: 'rangeTooWide',
    says: /requested too many blocks|blocks distance|query must be smaller than size|too far apart/i,
    source: 'Avalanche coreth eth/filters; Ethermint rpc/namespaces/ethereum/eth/filters; Harmony; Lotus',
  },
  {
    kind: 'behind',
    says: /header not found|unknown block|block (was )?not found|block .{0,20}(does not exist|is not available)|after last accepted block|cannot query unfinalized|beyond current head|missing trie node|pruned|history (is )?not available|state .{0,20}not available/i,
    source: 'go-ethereum; Avalanche coreth; Nethermind; execution-apis tests eth_getLogs/filter-error-future-block-range',
  },
  {
    kind: 'unsupported',
    says: /method .{0,60}(not (found|exist|available|supported|allowed)|does not exist|is not available)|not (supported|implemented|whitelisted)|unsupported method|unknown method/i,
    source: 'JSON-RPC 2.0 -32601 and its many wordings',
  },
  {
    kind: 'refused',
    says: /unauthori[sz]ed|forbidden|invalid (api|project|access).{0,10}(key|id|token)|api key|project id|authenticat|must be authenticated|access denied/i,
    source: 'Infura, Alchemy, Ankr',
  },
]

const NUMBER = String.raw`(0x[0-9a-f]+|\d+)`
/** "Try with this block range [0x1, 0x2]", "this block range should work: [0x1, 0x2]", "retry with the range 1-2". */
const SUGGESTION = new RegExp(`(?:range|should work:?)\\s*:?\\s*\\[?${NUMBER}\\s*(?:,|-)\\s*${NUMBER}\\]?`, 'i')
const LIMITS = [
  /limited to (?:a |an )?([\d,]+)(k?)/i,
  /up to (?:a |an )?([\d,]+)(k?) block range/i,
  /exceeds limit of ([\d,]+)(k?)/i,
  /max(?:imum)?(?: is)?(?: allowed)?(?: block)? range(?: of| is)?:? ?([\d,]+)(k?)/i,
  /ranges? over ([\d,]+)(k?) blocks/i,
  /(?:maximum is set to|blocks distance:|smaller than size|maximum:) ([\d,]+)(k?)/i,
]

/** How many calls a provider says it takes in one request: dRPC; jsonrpsee, in the error's data. */
const BATCH_LIMIT = /(?:more than|max(?:imum)?|limit(?:ed to| of| is)?):? (\d+)/i
const NO_BATCHES = /not (allowed|supported)/i

/** What a node's error means for us. The message of the failure is the node's own, shortened; redact it before it is shown. */
export function parseRpcError({code, message, data}: RpcErrorBody): RpcFailure {
  const rule = RULES.find(({says}) => says.test(message))
  const text = `${message.length > 300 ? `${message.slice(0, 300)}…` : message}${code === null ? '' : ` (${code})`}`
  const kind = rule?.kind ?? (code === -32601 ? 'unsupported' : code === 429 ? 'rateLimited' : 'unavailable')
  if (kind === 'batchTooLarge') return new RpcFailure(kind, text, {maxBatch: parseBatchLimit(`${message} ${data}`)})
  if (kind !== 'rangeTooWide' && kind !== 'tooManyResults') return new RpcFailure(kind, text)
  return new RpcFailure(kind, text, {
    isTimeout: rule?.isTimeout,
    suggestion: parseSuggestion(message),
    maxBlocks: kind === 'rangeTooWide' ? parseLimit(message) : undefined,
  })
}

function parseSuggestion(message: string) {
  const [, from, to] = SUGGESTION.exec(message) ?? []
  if (!from || !to) return undefined
  const suggestion = {from: Number(from), to: Number(to)}
  return suggestion.from <= suggestion.to ? suggestion : undefined
}

function parseLimit(message: string): number | undefined {
  for (const limit of LIMITS) {
    const [, digits, thousands] = limit.exec(message) ?? []
    if (digits) return Math.max(1, Number(digits.replaceAll(',', '')) * (thousands ? 1000 : 1))
  }
  return undefined
}

function parseBatchLimit(words: string): number | undefined {
  const [, calls] = BATCH_LIMIT.exec(words) ?? []
  return calls ? Math.max(1, Number(calls)) : NO_BATCHES.test(words) ? 1 : undefined
}

/** An HTTP status that is no answer. `retryAfter` as in the header: seconds or a date. */
export function parseHttpFailure(status: number, retryAfter: string | undefined, now: number): RpcFailure {
  const retryAfterMs = parseRetryAfter(retryAfter, now, MAX_RETRY_AFTER_MS)
  if (status === 429) return new RpcFailure('rateLimited', 'HTTP 429', {retryAfterMs})
  if (status === 401 || status === 402 || status === 403) return new RpcFailure('refused', `HTTP ${status}`, {retryAfterMs})
  if (status === 413) return new RpcFailure('batchTooLarge', 'HTTP 413', {retryAfterMs})
  return new RpcFailure('unavailable', `HTTP ${status}`, {retryAfterMs})
}

const MAX_RETRY_AFTER_MS = 10 * 60_000
