import type {Pool} from 'pg'
import type {PinnedBlock} from '../ethCall'
import type {FetchAttempt, Verdict} from '../fetch/documentOutcome'
import {METADATA_VERSION, tellSql} from '../tellFeed'
import {buildStoredUri} from '../version/buildStoredUri'
import type {FieldChange} from '../version/diffViews'
import type {StoredDocument} from '../version/readDocument'
import {toStoredJson, toStoredText} from '../version/storedText'
import type {Task} from './describeJobs'

/** What the contract said at the block of the mint: a URI, or why that is not known. */
export type MintUri = Readonly<{ok: true; uri: string}> | Readonly<{ok: false; reason: string}>

export type Reading = Readonly<{
  at: PinnedBlock
  uri: string
  fillsId: boolean
  document: StoredDocument
  verdict: Verdict
  reason: string
  gateway: string | null
  attempts: readonly FetchAttempt[]
  /** Whether this is what was minted, for all that can be known. */
  isAsMinted: boolean
  /** What was asked for the block of the mint; null: that was known already. */
  mint: MintUri | null
  /** Against the version before, where there was one: what the feed tells. */
  changes: readonly FieldChange[]
}>

/** A reading of one task, under its lease. */
export type Read = Readonly<{task: Pick<Task, 'id' | 'lease' | 'change'>; reading: Reading}>

/** A subject's attempts that are kept, the newest last. */
const MOST_ATTEMPTS = 20

/** SQL: `mine`, the rows of `given` (n, id, lease) whose lease still holds, locked. A lease that was lost stores nothing: its work is somebody else's now. */
export const MINE = `mine AS (
    SELECT g.n, s.id, s.version_id FROM given g
    CROSS JOIN LATERAL (SELECT id, version_id FROM metadata_subject WHERE id = g.id AND lease = g.lease FOR UPDATE) s)`
export const TRIED = `tried_at = now(), leased_until = NULL, attempts = (
    SELECT coalesce(jsonb_agg(a ORDER BY n), '[]') FROM jsonb_array_elements(s.attempts || g.attempts) WITH ORDINALITY AS l(a, n)
    WHERE n > jsonb_array_length(s.attempts || g.attempts) - ${MOST_ATTEMPTS})`
/** Who asked while it was read gets another reading. */
export const doneSql = (priority: string, due: string): string =>
  `priority = CASE WHEN s.queued_at > s.leased_at THEN s.priority ELSE ${priority} END,
   due_at = CASE WHEN s.queued_at > s.leased_at THEN now() ELSE ${due} END`

const DOCUMENT = 'hash bytea, byte_length int, media_type text, failure text, failure_detail text, notes text[], view jsonb'
const PLACE =
  'uri text, uri_hash bytea, fills_id bool, verdict text, verdict_reason text, gateway text, at_mint bool, block_number int, block_hash text'

/** `$1`: readings; `$2`: their documents' bytes, by `n`. */
const STORE = `WITH given AS (
    SELECT * FROM jsonb_to_recordset($1::jsonb) AS g(n int, id text, lease int, attempts jsonb, ${DOCUMENT}, ${PLACE}, event_id text, event_hash text,
      changes jsonb, mint_asked bool, mint_uri text, mint_uri_hash bytea, mint_failure text)),
  ${MINE},
  kept AS (
    INSERT INTO metadata_document (hash, byte_length, media_type, bytes, failure, failure_detail, notes, view)
    SELECT DISTINCT ON (g.hash) g.hash, g.byte_length, g.media_type, ($2::bytea[])[g.n], g.failure, g.failure_detail, g.notes, g.view
    FROM mine JOIN given g USING (n) ORDER BY g.hash ON CONFLICT (hash) DO NOTHING),
  same AS (
    UPDATE metadata_version v SET last_block_number = g.block_number, last_observed_at = now(), at_mint = v.at_mint OR g.at_mint
    FROM mine JOIN given g USING (n)
    WHERE v.id = mine.version_id AND v.document_hash = g.hash AND v.uri_hash = g.uri_hash AND v.verdict = g.verdict RETURNING v.subject_id),
  added AS (
    INSERT INTO metadata_version (subject_id, document_hash, uri, uri_hash, fills_id, verdict, verdict_reason, gateway, at_mint,
      block_number, block_hash, event_id, last_block_number)
    SELECT mine.id, g.hash, g.uri, g.uri_hash, g.fills_id, g.verdict, g.verdict_reason, g.gateway, g.at_mint, g.block_number, g.block_hash,
      g.event_id, g.block_number
    FROM mine JOIN given g USING (n) WHERE NOT EXISTS (SELECT FROM same WHERE same.subject_id = mine.id) RETURNING id, subject_id),
  told AS (${tellSql(
    METADATA_VERSION,
    `(SELECT s.chain_id, s.collection_id, CASE WHEN s.token_id IS NOT NULL THEN s.id END AS asset_id,
        jsonb_build_object('changes', g.changes, 'version', added.id::text, 'previousVersion', mine.version_id::text, 'uri', g.uri,
          'verdict', g.verdict, 'documentHash', '0x' || encode(g.hash, 'hex'), 'previousDocumentHash', '0x' || encode(v.document_hash, 'hex'),
          'blockNumber', g.block_number, 'metadataUpdate', g.event_id) AS payload
      FROM added JOIN mine ON mine.id = added.subject_id JOIN given g USING (n) JOIN metadata_subject s ON s.id = mine.id
      JOIN metadata_version v ON v.id = mine.version_id) t`,
  )})
  UPDATE metadata_subject s SET ${TRIED}, ${doneSql('NULL', 'NULL')}, failures = 0, failure_kind = NULL, failure_reason = NULL,
    read_at = now(), read_block = g.block_number, read_hash = g.block_hash, event_id = g.event_id, event_hash = g.event_hash,
    verdict = g.verdict, version_id = coalesce(added.id, s.version_id),
    mint_uri = CASE WHEN g.mint_asked THEN g.mint_uri ELSE s.mint_uri END,
    mint_uri_hash = CASE WHEN g.mint_asked THEN g.mint_uri_hash ELSE s.mint_uri_hash END,
    mint_failure = CASE WHEN g.mint_asked THEN g.mint_failure ELSE s.mint_failure END
  FROM mine JOIN given g USING (n) LEFT JOIN added ON added.subject_id = mine.id WHERE s.id = mine.id`

/** What readings found: each a new version where it is another document than before. In one statement: all of it or nothing. */
export async function storeReadings(pool: Pool, given: readonly Read[]): Promise<void> {
  // Rows are locked in this order, so that several workers do not wait for each other.
  const reads = [...given].sort((a, b) => (a.task.id < b.task.id ? -1 : 1))
  await pool.query(STORE, [
    toStoredJson(
      reads.map(({task, reading}, i) => ({
        ...{n: i + 1, id: task.id, lease: task.lease, attempts: stamp(reading.attempts)},
        ...columnsOf(reading),
        ...{event_id: task.change?.id, event_hash: task.change?.hash, changes: reading.changes},
        ...mintColumns(reading.mint),
      })),
    ),
    reads.map(({reading}) => reading.document.bytes && Buffer.from(reading.document.bytes)),
  ])
}

const hexOf = (bytes: Buffer): string => `\\x${bytes.toString('hex')}`

function columnsOf({document, at, ...reading}: Reading): object {
  const {uri, hash} = buildStoredUri(reading.uri)
  return {
    ...{hash: hexOf(document.hash), byte_length: document.byteLength, media_type: document.mediaType, failure: document.failure},
    ...{failure_detail: document.failureDetail, notes: document.notes, view: document.view},
    ...{uri, uri_hash: hexOf(hash), fills_id: reading.fillsId, verdict: reading.verdict, verdict_reason: reading.reason},
    ...{gateway: reading.gateway, at_mint: reading.isAsMinted, block_number: at.number, block_hash: at.hash},
  }
}

function mintColumns(mint: MintUri | null): object {
  if (!mint) return {mint_asked: false}
  if (!mint.ok) return {mint_asked: true, mint_failure: toStoredText(mint.reason)}
  const {uri, hash} = buildStoredUri(mint.uri)
  return {mint_asked: true, mint_uri: uri, mint_uri_hash: hexOf(hash)}
}

export const stamp = (attempts: readonly FetchAttempt[]): readonly object[] => {
  const at = new Date().toISOString()
  return attempts.map((attempt) => ({...attempt, at}))
}

/** A document behind the URI of the mint, where that is not the present one. Not a version of now: it only stands beside them. */
export async function storeMinted(pool: Pool, task: Pick<Task, 'id'>, reading: Reading): Promise<void> {
  await pool.query(
    `WITH g AS (SELECT * FROM jsonb_to_record($1::jsonb) AS g(${DOCUMENT}, ${PLACE})),
     kept AS (
       INSERT INTO metadata_document (hash, byte_length, media_type, bytes, failure, failure_detail, notes, view)
       SELECT hash, byte_length, media_type, $2::bytea, failure, failure_detail, notes, view FROM g ON CONFLICT (hash) DO NOTHING)
     INSERT INTO metadata_version (subject_id, document_hash, uri, uri_hash, fills_id, verdict, verdict_reason, gateway, at_mint,
       block_number, block_hash, event_id, last_block_number)
     SELECT $3, hash, uri, uri_hash, fills_id, verdict, verdict_reason, gateway, true, block_number, block_hash, NULL, block_number
     FROM g WHERE NOT EXISTS (SELECT FROM metadata_version WHERE subject_id = $3 AND at_mint)`,
    [toStoredJson(columnsOf(reading)), reading.document.bytes, task.id],
  )
}
