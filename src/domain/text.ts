import type {Hash32} from './hex'
import {DecodeError} from './standard'

/** A longer string in a log is a stored failure (`too_large`): no URI or reason that means anything is longer. */
export const MAX_TEXT_BYTES = 65_536

/**
 * The one rule for text that strangers write into logs: it is read as UTF-8, and what PostgreSQL cannot hold as text (NUL, bytes that are
 * not UTF-8, encoded surrogates) becomes U+FFFD. So the fact is kept, and a reader sees that something was there.
 * @throws DecodeError `too_large` above MAX_TEXT_BYTES
 */
export function readText(bytes: Uint8Array): string {
  if (bytes.length > MAX_TEXT_BYTES)
    throw new DecodeError('too_large', `a string of ${bytes.length} bytes; at most ${MAX_TEXT_BYTES} are read`)
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8').replaceAll('\0', '\uFFFD')
}

const STRICT_UTF8 = new TextDecoder('utf-8', {fatal: true, ignoreBOM: true})
const UNPRINTABLE = /\p{C}/u

/**
 * A bytes32 that contracts fill with either a short label (`bytes32("breach of terms")`) or a hash: the label when it is printable UTF-8
 * padded with zeros, else all 32 bytes as hex, null when it is zero. Nothing is lost: a label has at most 32 characters, the hex has 66.
 */
export function readLabel(word: Hash32): string | null {
  const bytes = Buffer.from(word.slice(2), 'hex')
  const end = bytes.findLastIndex((byte) => byte !== 0) + 1
  if (end === 0) return null
  const text = decodeUtf8(bytes.subarray(0, end))
  return text === null || UNPRINTABLE.test(text) ? word : text
}

/** Null when the bytes are not UTF-8: the decoder has no other way to say so than to throw. */
function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return STRICT_UTF8.decode(bytes)
  } catch {
    return null
  }
}

/** One line of plain text for a table or a terminal: control characters become spaces, at most `maxLength` characters. */
export function shorten(text: string, maxLength: number): string {
  const head = text.slice(0, maxLength + 1).replace(/[\p{C}\p{Z}]/gu, ' ')
  return head.length > maxLength ? `${head.slice(0, maxLength - 1)}…` : head
}
