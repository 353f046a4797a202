import type {Pool} from 'pg'
import {pino} from 'pino'
import {type AdmissionLimits, createAdmission} from '../../src/api/admission/createAdmission'
import {buildApiSchema} from '../../src/api/buildSchema'
import {createExportHandler, EXPORT_LIMITS} from '../../src/api/export/exportHandler'
import {startApiServer} from '../../src/api/httpServer'
import {handlerOver} from './apiUnderTest'
import {CHAIN} from './filledDatabase'

const UNLIMITED: AdmissionLimits = {requestsPerMinute: null, keyRequestsPerMinute: null, concurrentRequests: null, trustedProxies: []}

/** The API with its exports, which send away who takes nothing for a third of a second. */
export function startExportServer(pool: Pool, limits = UNLIMITED) {
  const admission = createAdmission({pool, limits})
  const exportHandler = createExportHandler({
    pool,
    schema: buildApiSchema(),
    chainIds: [CHAIN],
    cors: ['https://app.example'],
    admission,
    logger: pino({level: 'silent'}),
    limits: {...EXPORT_LIMITS, stalledSeconds: 0.3},
  })
  return startApiServer({api: handlerOver(pool), admission, exportHandler, pool, host: '127.0.0.1', port: 0})
}

/** Exports whose query waits for a lock. */
export async function exportsWaiting(pool: Pool): Promise<number> {
  const {rows} = await pool.query<{n: number}>(
    "SELECT count(*)::int AS n FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%exported%'",
  )
  return rows[0]?.n ?? 0
}
