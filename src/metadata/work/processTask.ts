import type {Pool} from 'pg'
import type {UriResult} from '../call/uriCalls'
import type {NormalisedDocument} from '../document/normaliseDocument'
import type {PinnedBlock} from '../ethCall'
import type {DocumentFetcher} from '../fetch/createDocumentFetcher'
import type {DocumentOutcome, FetchFailure} from '../fetch/documentOutcome'
import {fixesContent} from '../fetch/documentUri'
import type {ResultStore} from '../queue/createResultStore'
import type {Task} from '../queue/describeJobs'
import {ASKED} from '../queue/priority'
import {type ReadFailure, retryDelay} from '../queue/retryDelay'
import {type MintUri, type Reading, storeMinted} from '../queue/storeReading'
import {diffViews, type FieldChange} from '../version/diffViews'
import {judgeCommitment} from '../version/judgeCommitment'
import {readDocument, type StoredDocument} from '../version/readDocument'

export type Processing = Readonly<{
  pool: Pool
  results: ResultStore
  fetcher: Pick<DocumentFetcher, 'fetch'>
  signal: AbortSignal
}>

/** A task whose URI is known, or why it has none, at that block. */
export type Planned = Readonly<{
  task: Task
  at: PinnedBlock
  uri: UriResult
  /** What the contract said at the block of the mint; null where that is known already. */
  fetchMintUri: (() => Promise<MintUri>) | null
}>
export type Processed = 'read' | 'failed' | 'interrupted'

/** Content that is first read so soon after the mint is what was minted, also where its address promises nothing. */
const SOON_MS = 60 * 60_000

/** Reads one document and stores what came of it, whatever it is. `onFetched`: nobody outside the database is asked any more. */
export async function processTask(
  processing: Processing,
  {task, at, uri, fetchMintUri}: Planned,
  onFetched: () => void,
): Promise<Processed> {
  const {pool, results, fetcher, signal} = processing
  if (!uri.ok) return fail(results, task, {kind: uri.reason, reason: URI_FAILURES[uri.reason], retryable: true, retryAfterMs: null})
  const [outcome, mint] = await Promise.all([fetcher.fetch(uri.uri, {signal, isUrgent: task.priority === ASKED}), fetchMintUri?.() ?? null])
  if (!outcome.ok) {
    onFetched()
    return signal.aborted ? 'interrupted' : fail(results, task, outcome, outcome)
  }
  const reading = readingOf(task, {at, uri: uri.uri, fillsId: uri.fillsId}, outcome, mint)
  const minted =
    task.mint && mint?.ok && mint.uri !== uri.uri && fixesContent(mint.uri) ? {uri: mint.uri, fillsId: uri.fillsId, at: task.mint} : null
  try {
    if (!minted) onFetched()
    await results.storeReading({task, reading: {...reading, changes: await compare(pool, task, reading.document)}})
    // Behind what somebody may wait for: what nobody serves any more takes as long as it may.
    if (minted) await storeMint(processing, task, minted)
    return 'read'
  } catch (error) {
    // Class 22: the value, not the database, is at fault; the queue must not stumble over it for ever.
    if (!/^22/.test((error as {code?: string}).code ?? '')) throw error
    return fail(results, task, {kind: 'unstorable', reason: (error as Error).message, retryable: true, retryAfterMs: null}, outcome)
  }
}

/** Against the document of the version before. */
async function compare(pool: Pool, {version}: Task, document: StoredDocument): Promise<readonly FieldChange[]> {
  if (!version || version.documentHash.equals(document.hash)) return []
  const {rows} = await pool.query<{view: NormalisedDocument | null}>('SELECT view FROM metadata_document WHERE hash = $1', [
    version.documentHash,
  ])
  return diffViews(rows[0]?.view ?? null, document.view)
}

type At = Pick<Reading, 'at' | 'uri' | 'fillsId'>

function readingOf({mintedAt, commitment}: Task, place: At, outcome: Extract<DocumentOutcome, {ok: true}>, mint: MintUri | null): Reading {
  const {gateway, attempts} = outcome
  const {verdict, reason} = judgeCommitment(outcome.bytes, place.uri, commitment, outcome)
  const isFixed = outcome.verdict === 'verified'
  const isSoon = mintedAt !== null && Date.now() - mintedAt.getTime() < SOON_MS
  return {
    ...place,
    document: readDocument(outcome),
    ...{verdict, reason, gateway, attempts, mint},
    changes: [],
    isAsMinted: mint?.ok === true && mint.uri === place.uri && (isFixed || isSoon),
  }
}

/** Where the mint had another URI, and what is behind it cannot have changed since, that document is read too; if it cannot be, with the next reading. */
async function storeMint({pool, fetcher, signal}: Processing, task: Task, place: At): Promise<void> {
  const outcome = await fetcher.fetch(place.uri, {signal})
  if (outcome.ok && outcome.verdict === 'verified')
    await storeMinted(pool, task, {...readingOf(task, place, outcome, null), isAsMinted: true})
}

async function fail(
  results: ResultStore,
  task: Task,
  failure: ReadFailure,
  {attempts = []}: Partial<Pick<FetchFailure, 'attempts'>> = {},
): Promise<Processed> {
  await results.storeFailure({task, failure, attempts, delayMs: retryDelay(failure, task.failures + 1, Math.random())})
  return 'failed'
}

const URI_FAILURES: Readonly<Record<Extract<UriResult, {ok: false}>['reason'], string>> = {
  reverted: 'the contract reverts when it is asked for the URI',
  no_code: 'there is no such function, or no contract',
  too_large: 'the contract’s answer is longer than what is read',
  malformed: 'the contract’s answer is no text',
  unanswered: 'no node finishes the call of the contract in time',
  no_uri: 'the contract has no URI for it',
}
