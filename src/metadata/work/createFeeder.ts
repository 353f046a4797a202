import type {Pool} from 'pg'
import type {ChainId} from '../../domain/caip'
import {type Mark, noticeChanges} from '../notice/noticeChanges'
import {enrolCollections, type WalkSettings, walkCollections} from '../notice/walkCollections'
import {serveRequests} from '../refresh/serveRequests'

export type Feeder = Readonly<{
  /** A round: new changes, new collections, a step of a walk, some of requests. */
  run: () => Promise<void>
}>

const ENROL_MS = 5_000
/** Of requests, in one round. */
const MOST_STEPS = 10

/** Fills the queue of one chain. While the indexes that it reads by are still to be built, at the first backfill, it waits. */
export function createFeeder(pool: Pool, chainId: ChainId, settings: WalkSettings): Feeder {
  let mark: Mark | null = null
  let enrolledAt = Number.NEGATIVE_INFINITY
  return {
    run: async () => {
      const {rows} = await pool.query('SELECT FROM deferred_index LIMIT 1')
      if (rows.length > 0) return
      mark = (await noticeChanges(pool, chainId, mark)) ?? mark
      if (performance.now() - enrolledAt > ENROL_MS) {
        await enrolCollections(pool, chainId)
        enrolledAt = performance.now()
      }
      await walkCollections(pool, chainId, settings)
      for (let steps = 0; steps < MOST_STEPS && (await serveRequests(pool, chainId)); steps++);
    },
  }
}
