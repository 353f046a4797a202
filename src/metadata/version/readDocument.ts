import {createHash} from 'node:crypto'
import type {JsonValue} from '../document/json'
import {type NormalisedDocument, normaliseDocument} from '../document/normaliseDocument'
import {parseDocument} from '../document/parseDocument'
import type {FetchedDocument} from '../fetch/documentOutcome'

/** A document as it is stored, once, whoever names it. */
export type StoredDocument = Readonly<{
  hash: Buffer
  byteLength: number
  mediaType: string
  /** Null: no JSON, and too long to be kept for that. */
  bytes: Uint8Array | null
  failure: string | null
  failureDetail: string | null
  notes: readonly string[]
  view: NormalisedDocument | null
}>

/** An image in the place of a document is known by its hash and need not be kept. */
const MOST_BYTES_OF_NO_JSON = 65_536

export function readDocument({
  bytes,
  declaredMediaType,
  mediaType,
}: Pick<FetchedDocument, 'bytes' | 'declaredMediaType' | 'mediaType'>): StoredDocument {
  const parsed = parseDocument(bytes, declaredMediaType)
  return {
    hash: createHash('sha256').update(bytes).digest(),
    byteLength: bytes.length,
    mediaType,
    bytes: parsed.ok || bytes.length <= MOST_BYTES_OF_NO_JSON ? bytes : null,
    failure: parsed.ok ? null : parsed.reason,
    failureDetail: parsed.ok ? null : parsed.detail,
    notes: parsed.ok ? parsed.notes : [],
    view: parsed.ok ? normaliseDocument(parsed.json) : null,
  }
}

/** The JSON of a document that was stored; null where it has none. */
export function readStoredJson(bytes: Uint8Array | null, mediaType: string): JsonValue | null {
  const parsed = bytes ? parseDocument(bytes, mediaType) : null
  return parsed?.ok ? parsed.json : null
}
