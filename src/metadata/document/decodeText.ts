import type {DocumentNote} from './documentNote'

export type DecodedText = Readonly<{text: string; notes: readonly DocumentNote[]}>

/** By its byte order mark, as UTF-8, by the zeros of UTF-16, by the declared charset; else as UTF-8 with what is none replaced. */
export function decodeText(bytes: Uint8Array, mediaType: string | null): DecodedText {
  const [a, b, c] = bytes
  if (a === 0xef && b === 0xbb && c === 0xbf) return {...decodeUtf8(bytes.subarray(3), mediaType, ['byte_order_mark'])}
  if (a === 0xff && b === 0xfe) return {text: decode(bytes.subarray(2), 'utf-16le') ?? '', notes: ['byte_order_mark', 'other_charset']}
  if (a === 0xfe && b === 0xff) return {text: decode(bytes.subarray(2), 'utf-16be') ?? '', notes: ['byte_order_mark', 'other_charset']}
  if (bytes.length >= 2 && bytes.length % 2 === 0 && (a === 0) !== (b === 0))
    return {text: decode(bytes, a === 0 ? 'utf-16be' : 'utf-16le') ?? '', notes: ['other_charset']}
  return decodeUtf8(bytes, mediaType, [])
}

function decodeUtf8(bytes: Uint8Array, mediaType: string | null, notes: readonly DocumentNote[]): DecodedText {
  const text = decode(bytes, 'utf-8', true)
  if (text !== null) return {text, notes}
  const charset = /;\s*charset\s*=\s*"?([a-z0-9_:.-]{1,40})/i.exec(mediaType ?? '')?.[1]?.toLowerCase()
  const other = charset && !/^utf-?8$/.test(charset) ? decode(bytes, charset) : null
  if (other !== null) return {text: other, notes: [...notes, 'other_charset']}
  return {text: decode(bytes, 'utf-8') ?? '', notes: [...notes, 'invalid_utf8_replaced']}
}

/** Null for a charset that is not known, and when strict, for bytes that are not of it: the decoder says either by throwing. */
function decode(bytes: Uint8Array, charset: string, isStrict = false): string | null {
  try {
    return new TextDecoder(charset, {fatal: isStrict, ignoreBOM: true}).decode(bytes)
  } catch {
    return null
  }
}
