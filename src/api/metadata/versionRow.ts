import type {NormalisedDocument} from '../../metadata/document/normaliseDocument'

/** A version with its document, as the metadata worker stored them. */
export type VersionRow = Readonly<{
  id: string
  subject_id: string
  uri: string
  uri_hash: Buffer
  fills_id: boolean
  at_mint: boolean
  verdict: string
  verdict_reason: string
  gateway: string | null
  event_id: string | null
  block_number: number
  block_hash: string
  observed_at: Date
  last_block_number: number
  last_observed_at: Date
  document_hash: Buffer
  byte_length: number
  media_type: string
  failure: string | null
  failure_detail: string | null
  notes: readonly string[]
  /** Null where the document is no JSON; `too_much` where an answer would hold too much of them. */
  view: NormalisedDocument | null
  too_much: boolean
}>

/** Bytes of documents that one loading may hold: images are often in them. */
const MOST_BYTES = 16 * 1024 * 1024

/** SQL of VersionRow over `v` and its document `d`. `order`: that of the rows, the first of which have their documents. */
export const versionColumns = (
  order: string,
): string => `v.id, v.subject_id, v.uri, v.uri_hash, v.fills_id, v.at_mint, v.verdict, v.verdict_reason,
  v.gateway, v.event_id, v.block_number, v.block_hash, v.observed_at, v.last_block_number, v.last_observed_at, v.document_hash,
  d.byte_length, d.media_type, d.failure, d.failure_detail, d.notes,
  CASE WHEN sum(d.byte_length) OVER (ORDER BY ${order}) <= ${MOST_BYTES} THEN d.view END AS view,
  sum(d.byte_length) OVER (ORDER BY ${order}) > ${MOST_BYTES} AS too_much`
