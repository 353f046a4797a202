import {fetchUris} from '../call/fetchUris'
import type {BatchReader} from '../call/multicall'
import {completeUri, type UriResult} from '../call/uriCalls'
import {type ContractReader, NodeUnavailable, type PinnedBlock} from '../ethCall'
import type {Described, Task} from '../queue/describeJobs'
import type {MintUri} from '../queue/storeReading'
import type {Planned} from './processTask'

/** A node without old states has at least those of so many blocks. */
const STATE_KEPT = 100

/**
 * The block to read at: the newest that is indexed, so that what is read and the changes that are known belong together; while the indexer is far
 * behind, the node's own, as most nodes have forgotten the states before. To read later than the changes say is only too careful. @throws NodeUnavailable
 */
export async function choosePin(reader: ContractReader, indexed: PinnedBlock | null): Promise<PinnedBlock> {
  const head = await reader.fetchHead()
  return indexed && indexed.number + STATE_KEPT > head.number ? indexed : head
}

/** The URI of each task at that block: the one that the newest change carries, else what the contract says. @throws NodeUnavailable */
export async function planTasks(reader: BatchReader, {tasks}: Described, at: PinnedBlock): Promise<readonly Planned[]> {
  const carried = new Map(tasks.flatMap((task) => (task.change?.uri ? [[task.id, carriedUri(task, task.change.uri)] as const] : [])))
  const asked = tasks.filter(({id}) => !carried.has(id))
  const answers = await fetchUris(reader, asked, at)
  const found = new Map(asked.map(({id}, i) => [id, answers[i] as UriResult]))
  return tasks.map((task) => ({task, at, uri: carried.get(task.id) ?? found.get(task.id) ?? {ok: false, reason: 'malformed'}}))
}

const carriedUri = ({standard, tokenId}: Task, uri: string): UriResult => completeUri(uri, standard === 'erc1155' ? tokenId : null)

/** Most nodes forget what a contract said long ago: that is an answer as well. */
export const createMintReader =
  (reader: BatchReader) =>
  async (task: Task, mint: PinnedBlock): Promise<MintUri> => {
    try {
      const [answer] = await fetchUris(reader, [task], mint)
      return answer?.ok
        ? {ok: true, uri: answer.uri}
        : {ok: false, reason: `at its mint the contract had no URI for it (${answer?.reason})`}
    } catch (error) {
      if (error instanceof NodeUnavailable)
        return {ok: false, reason: 'the node does not answer for the block of the mint: that takes an archive node'}
      throw error
    }
  }
