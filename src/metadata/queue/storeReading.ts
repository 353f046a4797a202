import type {Pool} from 'pg'
import type {PinnedBlock} from '../ethCall'
import type {FetchAttempt, Verdict} from '../fetch/documentOutcome'
import {METADATA_VERSION, tellSql} from '../tellFeed'
import {buildStoredUri} from '../version/buildStoredUri'
import type {FieldChange} from '../version/diffViews'
import type {StoredDocument} from '../version/readDocument'
import {toStoredJson, toStoredText} from '../version/storedText'
import type {Task} from './describeJobs'
import {BACKGROUND} from './priority'
import type {ReadFailure} from './retryDelay'

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
  /** Against the version before, where there was one: what the feed tells. */
  changes: readonly FieldChange[]
}>

/** A subject's attempts that are kept, the newest last. */
const MOST_ATTEMPTS = 20

/** `$1 $2`: subject and lease; `$3`: attempts. A lease that was lost stores nothing: its work is somebody else's now. */
const MINE = `mine AS (SELECT id, version_id, attempts FROM metadata_subject WHERE id = $1 AND lease = $2 FOR UPDATE)`
const TRIED = `tried_at = now(), leased_until = NULL, attempts = (
    SELECT coalesce(jsonb_agg(a ORDER BY n), '[]') FROM jsonb_array_elements(s.attempts || $3::jsonb) WITH ORDINALITY AS l(a, n)
    WHERE n > jsonb_array_length(s.attempts || $3::jsonb) - ${MOST_ATTEMPTS})`
/** Who asked while it was read gets another reading. */
const DONE = (priority: string, due: string) =>
  `priority = CASE WHEN s.queued_at > s.leased_at THEN s.priority ELSE ${priority} END,
   due_at = CASE WHEN s.queued_at > s.leased_at THEN now() ELSE ${due} END`

const STORE = `WITH ${MINE},
  kept AS (
    INSERT INTO metadata_document (hash, byte_length, media_type, bytes, failure, failure_detail, notes, view)
    SELECT $4, $5, $6, $7, $8, $9, $10, $11 FROM mine ON CONFLICT (hash) DO NOTHING),
  same AS (
    UPDATE metadata_version v SET last_block_number = $19, last_observed_at = now(), at_mint = v.at_mint OR $18
    FROM mine WHERE v.id = mine.version_id AND v.document_hash = $4 AND v.uri_hash = $13 AND v.verdict = $15 RETURNING v.id),
  added AS (
    INSERT INTO metadata_version (subject_id, document_hash, uri, uri_hash, fills_id, verdict, verdict_reason, gateway, at_mint,
      block_number, block_hash, event_id, last_block_number)
    SELECT mine.id, $4, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $19 FROM mine WHERE NOT EXISTS (SELECT FROM same) RETURNING id),
  told AS (${tellSql(
    METADATA_VERSION,
    `(SELECT s.chain_id, s.collection_id, CASE WHEN s.token_id IS NOT NULL THEN s.id END AS asset_id,
        $23::jsonb || jsonb_build_object('version', added.id::text, 'previousVersion', mine.version_id::text, 'uri', $12::text, 'verdict', $15::text,
          'documentHash', '0x' || encode($4, 'hex'), 'previousDocumentHash', '0x' || encode(v.document_hash, 'hex'),
          'blockNumber', $19::int, 'metadataUpdate', $21::text) AS payload
      FROM added, mine JOIN metadata_subject s ON s.id = mine.id JOIN metadata_version v ON v.id = mine.version_id) t`,
  )})
  UPDATE metadata_subject s SET ${TRIED}, ${DONE('NULL', 'NULL')}, failures = 0, failure_kind = NULL, failure_reason = NULL,
    read_at = now(), read_block = $19, read_hash = $20, event_id = $21, event_hash = $22, verdict = $15,
    version_id = coalesce((SELECT id FROM added), s.version_id)
  FROM mine WHERE s.id = mine.id
  RETURNING (SELECT id FROM added) AS added`

/** What a reading found; answers the new version's id, or null when it is the one there was, or the lease was lost. In one statement: all of it or nothing. */
export async function storeReading(pool: Pool, task: Task, reading: Reading): Promise<string | null> {
  const {document, at} = reading
  const {uri, hash} = buildStoredUri(reading.uri)
  const {rows} = await pool.query<{added: string | null}>({
    name: 'metadata store reading',
    text: STORE,
    values: [
      task.id,
      task.lease,
      toStoredJson(stamp(reading.attempts)),
      ...[document.hash, document.byteLength, document.mediaType, document.bytes, document.failure, document.failureDetail, document.notes],
      document.view && toStoredJson(document.view),
      ...[uri, hash, reading.fillsId, reading.verdict, reading.reason, reading.gateway, reading.isAsMinted],
      ...[at.number, at.hash, task.change?.id ?? null, task.change?.hash ?? null],
      toStoredJson({changes: reading.changes}),
    ],
  })
  return rows[0]?.added ?? null
}

const FAIL = `WITH ${MINE}
  UPDATE metadata_subject s SET ${TRIED}, failures = s.failures + 1, failure_kind = $4, failure_reason = $5,
    ${DONE(
      `CASE WHEN $6::float8 IS NULL THEN NULL WHEN s.failures < 3 THEN s.priority ELSE greatest(s.priority, ${BACKGROUND}) END`,
      'now() + make_interval(secs => $6::float8 / 1000)',
    )}
  FROM mine WHERE s.id = mine.id`

/** What a reading failed at. The last good version stays. `delayMs` null: it leaves the queue. */
export async function storeFailure(
  pool: Pool,
  {id, lease}: Pick<Task, 'id' | 'lease'>,
  {failure, attempts, delayMs}: Readonly<{failure: ReadFailure; attempts: readonly FetchAttempt[]; delayMs: number | null}>,
): Promise<void> {
  await pool.query({
    name: 'metadata store failure',
    text: FAIL,
    values: [id, lease, toStoredJson(stamp(attempts)), failure.kind, toStoredText(failure.reason.slice(0, 500)), delayMs],
  })
}

const stamp = (attempts: readonly FetchAttempt[]): readonly object[] =>
  attempts.map((attempt) => ({...attempt, at: new Date().toISOString()}))

/** What the contract said when the asset was minted, read once. */
export async function storeMintUri(pool: Pool, id: string, mint: MintUri): Promise<void> {
  const stored = mint.ok ? buildStoredUri(mint.uri) : null
  await pool.query('UPDATE metadata_subject SET mint_uri = $2, mint_uri_hash = $3, mint_failure = $4 WHERE id = $1', [
    id,
    stored?.uri ?? null,
    stored?.hash ?? null,
    mint.ok ? null : toStoredText(mint.reason),
  ])
}

/** A document behind the URI of the mint, where that is not the present one. Not a version of now: it only stands beside them. */
export async function storeMinted(pool: Pool, task: Task, reading: Reading): Promise<void> {
  const {document, at} = reading
  const {uri, hash} = buildStoredUri(reading.uri)
  await pool.query(
    `WITH kept AS (
       INSERT INTO metadata_document (hash, byte_length, media_type, bytes, failure, failure_detail, notes, view)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (hash) DO NOTHING)
     INSERT INTO metadata_version (subject_id, document_hash, uri, uri_hash, fills_id, verdict, verdict_reason, gateway, at_mint,
       block_number, block_hash, event_id, last_block_number)
     SELECT $9, $1, $10, $11, $12, $13, $14, $15, true, $16, $17, NULL, $16
     WHERE NOT EXISTS (SELECT FROM metadata_version WHERE subject_id = $9 AND at_mint)`,
    [
      ...[document.hash, document.byteLength, document.mediaType, document.bytes, document.failure, document.failureDetail, document.notes],
      document.view && toStoredJson(document.view),
      ...[task.id, uri, hash, reading.fillsId, reading.verdict, reading.reason, reading.gateway, at.number, at.hash],
    ],
  )
}
