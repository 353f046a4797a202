import type {Pool} from 'pg'
import {createBatcher} from './createBatcher'
import {type Failed, storeFailures} from './storeFailures'
import {type Read, storeReadings} from './storeReading'

export type ResultStore = ReturnType<typeof createResultStore>

/** Of a reading without its document. */
const OVERHEAD = 1_024

/** While the database works at one batch the next one is on its way. */
const PARALLEL = 2

/** Where results go: each call settles when its own is stored, many of them by one statement. */
export const createResultStore = (pool: Pool) => ({
  storeReading: createBatcher<Read>({
    store: (reads) => storeReadings(pool, reads),
    sizeOf: ({reading}) => OVERHEAD + reading.document.byteLength,
    parallel: PARALLEL,
  }),
  storeFailure: createBatcher<Failed>({store: (failed) => storeFailures(pool, failed), sizeOf: () => OVERHEAD}),
})
