import type {Pool} from 'pg'
import type {FetchAttempt} from '../fetch/documentOutcome'
import {toStoredJson, toStoredText} from '../version/storedText'
import type {Task} from './describeJobs'
import {BACKGROUND} from './priority'
import type {ReadFailure} from './retryDelay'
import {doneSql, MINE, stamp, TRIED} from './storeReading'

/** What a reading failed at. `delayMs` null: it leaves the queue. */
export type Failed = Readonly<{
  task: Pick<Task, 'id' | 'lease'>
  failure: ReadFailure
  attempts: readonly FetchAttempt[]
  delayMs: number | null
}>

const FAIL = `WITH given AS (
    SELECT * FROM jsonb_to_recordset($1::jsonb) AS g(n int, id text, lease int, attempts jsonb, kind text, reason text, delay_ms float8)),
  ${MINE}
  UPDATE metadata_subject s SET ${TRIED}, failures = s.failures + 1, failure_kind = g.kind, failure_reason = g.reason,
    ${doneSql(
      `CASE WHEN g.delay_ms IS NULL THEN NULL WHEN s.failures < 3 THEN s.priority ELSE greatest(s.priority, ${BACKGROUND}) END`,
      'now() + make_interval(secs => g.delay_ms / 1000)',
    )}
  FROM mine JOIN given g USING (n) WHERE s.id = mine.id`

/** The last good versions stay. */
export async function storeFailures(pool: Pool, given: readonly Failed[]): Promise<void> {
  const failed = [...given].sort((a, b) => (a.task.id < b.task.id ? -1 : 1))
  await pool.query(FAIL, [
    toStoredJson(
      failed.map(({task, failure, attempts, delayMs}, i) => ({
        ...{n: i + 1, id: task.id, lease: task.lease, attempts: stamp(attempts)},
        ...{kind: failure.kind, reason: toStoredText(failure.reason.slice(0, 500)), delay_ms: delayMs},
      })),
    ),
  ])
}
