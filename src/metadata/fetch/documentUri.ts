import {type DataDocument, parseDataUri} from './dataUri'
import {FetchProblem} from './documentOutcome'

/** Where a document is, as its URI says. */
export type DocumentTarget =
  | (Readonly<{kind: 'inline'}> & DataDocument)
  /** `cid` as written; `path` percent-encoded, without leading slash; `origin`: the gateway that the URI named. */
  | Readonly<{kind: 'ipfs'; cid: string; path: string; origin: string | null}>
  | Readonly<{kind: 'ipns'; name: string; path: string; origin: string | null}>
  | Readonly<{kind: 'arweave'; id: string; path: string; origin: string | null}>
  | Readonly<{kind: 'http'; url: URL}>

/** base58btc of CIDv0; base32, base36 and base58btc of CIDv1. */
const CID = '(Qm[1-9A-HJ-NP-Za-km-z]{44}|b[a-z2-7]{14,200}|B[A-Z2-7]{14,200}|k[0-9a-z]{14,200}|z[1-9A-HJ-NP-Za-km-z]{14,200})'
const REST = '(?:[/]([^?#]*))?(?:[?#].*)?$'
const IPFS_URI = new RegExp(`^(?:ipfs:/{0,3}(?:ipfs/)*|/?ipfs/|)${CID}${REST}`, 's')
const IPNS_URI = new RegExp(`^(?:ipns:/{0,3}|/ipns/)([A-Za-z0-9._-]{1,253})${REST}`, 's')
const GATEWAY_PATH = new RegExp(`^/(?:ipfs/)+${CID}(?:/(.*))?$`, 's')
const GATEWAY_HOST = new RegExp(`^${CID}[.]ipfs[.](.+)$`)
const ARWEAVE_ID = '([A-Za-z0-9_-]{43})'
const ARWEAVE_URI = new RegExp(`^ar:/{0,2}${ARWEAVE_ID}${REST}`, 's')
const ARWEAVE_PATH = new RegExp(`^/(?:raw/)?${ARWEAVE_ID}(?:/(.*))?$`, 's')
const ARWEAVE_HOST = /(^|[.])(arweave[.](net|dev)|ar[.]io|ar-io[.](net|dev)|permagate[.]io|g8way[.]io)$/
const MAX_URL_LENGTH = 8_192

/** @throws FetchProblem when the text names no document that could be fetched */
export function parseDocumentUri(text: string): DocumentTarget {
  const uri = text.trim()
  if (uri === '') throw new FetchProblem('invalid_uri', 'the URI is empty')
  if (/^[{[]/.test(uri)) return {kind: 'inline', bytes: Buffer.from(uri, 'utf8'), mediaType: 'application/json'}
  if (/^data:/i.test(uri)) return {kind: 'inline', ...parseDataUri(uri)}
  if (uri.length > MAX_URL_LENGTH) throw new FetchProblem('invalid_uri', `a URL of ${uri.length} characters; at most ${MAX_URL_LENGTH}`)
  const schemeLower = uri.replace(/^[A-Za-z][A-Za-z0-9+.-]*:/, (scheme) => scheme.toLowerCase())
  return parseContentUri(schemeLower) ?? parseHttp(schemeLower)
}

function parseContentUri(uri: string): DocumentTarget | null {
  const ipfs = IPFS_URI.exec(uri)
  if (ipfs?.[1]) return {kind: 'ipfs', cid: ipfs[1], path: encodePath(ipfs[2]), origin: null}
  const ipns = IPNS_URI.exec(uri)
  if (ipns?.[1]) return {kind: 'ipns', name: ipns[1], path: encodePath(ipns[2]), origin: null}
  const arweave = ARWEAVE_URI.exec(uri)
  if (arweave?.[1]) return {kind: 'arweave', id: arweave[1], path: encodePath(arweave[2]), origin: null}
  if (/^(ipfs|ipns|ar):/.test(uri)) throw new FetchProblem('invalid_uri', `nothing that ${uri.slice(0, uri.indexOf(':'))}: could name`)
  return null
}

function parseHttp(uri: string): DocumentTarget {
  if (!URL.canParse(uri)) throw new FetchProblem('invalid_uri', 'neither a URI nor JSON')
  const url = new URL(uri)
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new FetchProblem('unsupported_scheme', `the scheme ${url.protocol.slice(0, 40)} is not fetched`)
  if (url.username || url.password) throw new FetchProblem('credentials', 'a URL with a user name or password is not fetched')
  const path = GATEWAY_PATH.exec(url.pathname)
  if (path?.[1]) return {kind: 'ipfs', cid: path[1], path: encodePath(path[2]), origin: url.origin}
  const host = GATEWAY_HOST.exec(url.host)
  if (host?.[1]) return {kind: 'ipfs', cid: host[1], path: encodePath(url.pathname.slice(1)), origin: `${url.protocol}//${host[2]}`}
  const arweave = ARWEAVE_HOST.test(url.hostname) ? ARWEAVE_PATH.exec(url.pathname) : null
  if (arweave?.[1]) return {kind: 'arweave', id: arweave[1], path: encodePath(arweave[2]), origin: url.origin}
  return {kind: 'http', url}
}

/** As the URL standard writes a path: what is encoded already stays, `..` cannot climb out of it. */
function encodePath(path: string | undefined): string {
  if (!path) return ''
  const url = new URL('http://path/')
  url.pathname = path.replaceAll('?', '%3F').replaceAll('#', '%23')
  return url.pathname.slice(1)
}

/** Whether the address fixes its content: what is found there late is what was there at first. */
export function fixesContent(uri: string): boolean {
  try {
    const {kind} = parseDocumentUri(uri)
    return kind === 'ipfs' || kind === 'arweave' || kind === 'inline'
  } catch {
    return false
  }
}
