import {dropCachedAbove} from './chain/cacheFiles'
import {findFork} from './chain/findFork'
import type {ChainConfig} from './config/config'
import type {Logger} from './process/logger'
import {openStoredChain, rewindChain} from './store/rewindChain'

/**
 * Before a processor goes on: when the chain has other blocks than those stored as final, everything that was made of them is taken back,
 * and the chain is indexed anew, from the log cache as far as that still holds. So it is where hot blocks cannot be undone one by one. Answers
 * whether it was so.
 */
export async function rewindIfOrphaned({id, rpc}: ChainConfig, url: string, cacheDir: string, log: Logger): Promise<boolean> {
  const stored = await openStoredChain(url, id)
  const fork = await findFork(rpc, id, stored).finally(stored.close)
  if (!fork) return stored.hasGroups && (await rewindGroups(id, url, log))
  const {ancestor, orphan, instead} = fork
  const keptTo = ancestor?.number ?? -1
  const detail = {orphanedBlock: orphan.number, orphanedHash: orphan.hash, chainHash: instead, commonAncestor: keptTo}
  log.error(detail, `the chain has taken back final block ${orphan.number}: rewinding, everything above block ${keptTo} is orphaned`)
  // The cache first: were the tables empty and the cache wrong, nothing would tell.
  const droppedSegments = await dropCachedAbove(cacheDir, id, keptTo)
  const deletedRows = await rewindChain(url, id)
  log.error({...detail, droppedSegments, deletedRows}, 'rewound: the chain is indexed anew from the log cache and the nodes')
  return true
}

async function rewindGroups(id: ChainConfig['id'], url: string, log: Logger): Promise<true> {
  log.error('many hot blocks were stored as one, and cannot be told from final ones: rewinding')
  const deletedRows = await rewindChain(url, id)
  log.error({deletedRows}, 'rewound: the chain is indexed anew from the log cache and the nodes')
  return true
}
