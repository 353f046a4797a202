import {FetchProblem} from './documentOutcome'

export type DataDocument = Readonly<{bytes: Uint8Array; mediaType: string | null}>

const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/
const WELL_ESCAPED = /^(?:[^%]|%[0-9a-fA-F]{2})*$/

/**
 * RFC 2397, read as contracts write it: `;utf8` for a charset, JSON that is not escaped at all (also with commas, `#` and `%` in it), base64
 * without padding or in the URL alphabet.
 * @throws FetchProblem
 */
export function parseDataUri(uri: string): DataDocument {
  const comma = uri.indexOf(',')
  if (comma === -1) throw new FetchProblem('invalid_uri', 'a data: URI without a comma')
  const header = uri.slice(5, comma)
  if (header.length > 512) throw new FetchProblem('invalid_uri', 'the media type of a data: URI is longer than 512 characters')
  const isBase64 = /;\s*base64\s*(;|$)/i.test(header)
  const mediaType =
    header
      .replace(/;\s*base64\s*(?=;|$)/i, '')
      .replace(/;\s*utf-?8\s*(?=;|$)/i, ';charset=utf-8')
      .trim()
      .toLowerCase() || null
  const body = uri.slice(comma + 1)
  if (body === '') throw new FetchProblem('empty', 'a data: URI with nothing in it', {retryable: false})
  return {mediaType, bytes: isBase64 ? decodeBase64(body) : decodePercent(body)}
}

function decodeBase64(text: string): Uint8Array {
  const plain = (text.includes('%') && WELL_ESCAPED.test(text) ? decodePercent(text).toString('latin1') : text)
    .replaceAll(/\s/g, '')
    .replaceAll('-', '+')
    .replaceAll('_', '/')
  if (!BASE64.test(plain)) throw new FetchProblem('encoding', 'a data: URI says base64 and is not', {retryable: false})
  return Buffer.from(plain, 'base64')
}

/** Bytes, not characters, are what percent signs encode; a text with a stray one was never encoded. */
function decodePercent(text: string): Buffer {
  if (!text.includes('%') || !WELL_ESCAPED.test(text)) return Buffer.from(text, 'utf8')
  const source = Buffer.from(text, 'utf8')
  const out = Buffer.allocUnsafe(source.length)
  let length = 0
  for (let i = 0; i < source.length; i++) {
    const isEscape = source[i] === 0x25
    out[length++] = isEscape ? Number.parseInt(source.toString('latin1', i + 1, i + 3), 16) : (source[i] ?? 0)
    if (isEscape) i += 2
  }
  return out.subarray(0, length)
}
