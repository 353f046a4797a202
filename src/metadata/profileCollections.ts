import type {Pool} from 'pg'
import {buildProfileCalls, parseProfile} from './collectionProfile'
import {type ContractReader, NodeUnavailable} from './ethCall'
import {enqueueNewCollections, leaseProfiles, postponeProfiles, storeProfile} from './profileQueue'

const BATCH = 20

/** One round for one chain. Answers how many profiles were read; when the node is away, the work is put off and the error thrown. */
export async function profileCollections(pool: Pool, chainId: number, reader: ContractReader): Promise<number> {
  await enqueueNewCollections(pool, chainId)
  const jobs = await leaseProfiles(pool, chainId, BATCH)
  if (jobs.length === 0) return 0
  const unread = [...jobs]
  try {
    const head = await reader.fetchHead()
    for (const job of jobs) {
      await storeProfile(pool, job, parseProfile(await reader.fetchCalls(buildProfileCalls(job.address), head)), head)
      unread.shift()
    }
    return jobs.length
  } catch (error) {
    if (error instanceof NodeUnavailable) await postponeProfiles(pool, unread)
    throw error
  }
}
