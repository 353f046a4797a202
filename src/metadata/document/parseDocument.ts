import {shorten} from '../../domain/text'
import {sniffMediaType} from '../fetch/mediaType'
import {decodeText} from './decodeText'
import type {DocumentNote} from './documentNote'
import type {JsonValue} from './json'
import {scanJson} from './scanJson'

/** Why a document cannot be read, for good: the same bytes fail the same way. */
export type ParseFailure = 'empty' | 'not_json' | 'too_large' | 'too_deep' | 'too_many_values' | 'malformed'

export type ParsedDocument =
  | Readonly<{ok: true; json: JsonValue; notes: readonly DocumentNote[]}>
  | Readonly<{ok: false; reason: ParseFailure; detail: string}>

export type ParseLimits = Readonly<{maxBytes?: number; maxDepth?: number; maxValues?: number}>

const OTHER_MEDIA = /^(image|video|audio|model|font)\/|^text\/html$|^application\/(pdf|zip|gzip)$/
const SURROGATE = /\p{Surrogate}/gu

/**
 * JSON that a stranger wrote, as a value that PostgreSQL can hold; the work is proportional to the bytes. `mediaType`: as declared, for its
 * charset. Never throws.
 */
export function parseDocument(
  bytes: Uint8Array,
  mediaType: string | null,
  {maxBytes = 8 * 1024 * 1024, maxDepth = 64, maxValues = 100_000}: ParseLimits = {},
): ParsedDocument {
  if (bytes.length === 0) return {ok: false, reason: 'empty', detail: 'no bytes'}
  if (bytes.length > maxBytes) return {ok: false, reason: 'too_large', detail: `${bytes.length} bytes; at most ${maxBytes}`}
  const media = sniffMediaType(bytes, null)
  if (OTHER_MEDIA.test(media)) return {ok: false, reason: 'not_json', detail: media}
  const {text, notes} = decodeText(bytes, mediaType)
  const scanned = scanJson(text, {maxDepth, maxValues})
  if (!scanned.ok) return scanned
  const found = new Set<DocumentNote>([...notes, ...scanned.notes])
  try {
    return {ok: true, json: toStorable(JSON.parse(scanned.text) as JsonValue, found), notes: [...found].sort()}
  } catch (error) {
    const isText = !/^\s*["{[\d-]/.test(scanned.text)
    return {
      ok: false,
      reason: isText ? 'not_json' : 'malformed',
      detail: shorten(error instanceof Error ? error.message : String(error), 200),
    }
  }
}

/** The depth is bounded by the scan before. */
function toStorable(value: JsonValue, notes: Set<DocumentNote>): JsonValue {
  if (typeof value === 'string') return storableText(value, notes)
  if (typeof value === 'number' && !Number.isFinite(value)) return (notes.add('infinite_number_dropped'), null)
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((item: JsonValue) => toStorable(item, notes))
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [storableText(key, notes), toStorable(item, notes)]))
}

function storableText(text: string, notes: Set<DocumentNote>): string {
  let out = text
  if (out.includes('\0')) {
    notes.add('nul_replaced')
    out = out.replaceAll('\0', '\uFFFD')
  }
  // search() ignores the state that a global pattern has.
  if (out.search(SURROGATE) === -1) return out
  notes.add('lone_surrogate_replaced')
  return out.replace(SURROGATE, '\uFFFD')
}
