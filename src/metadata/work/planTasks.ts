import {fetchUris} from '../call/fetchUris'
import type {BatchReader} from '../call/multicall'
import {completeUri, type UriResult} from '../call/uriCalls'
import {NodeUnavailable, type PinnedBlock} from '../ethCall'
import type {Described, Task} from '../queue/describeJobs'
import type {MintUri} from '../queue/storeReading'
import type {Planned} from './processTask'

/** A node without old states has at least those of so many blocks. */
const STATE_KEPT = 100

/**
 * The block to read at: the newest that is indexed, so that what is read and the changes that are known belong together; while the indexer is far
 * behind, the node's own, as most nodes have forgotten the states before. To read later than the changes say is only too careful.
 */
export const choosePin = (head: PinnedBlock, indexed: PinnedBlock | null): PinnedBlock =>
  indexed && indexed.number + STATE_KEPT > head.number ? indexed : head

/** The URI of each task at that block: the one that the newest change carries, else what the contract says. @throws NodeUnavailable */
export async function planTasks(reader: BatchReader, {tasks}: Described, at: PinnedBlock): Promise<readonly Planned[]> {
  const carried = new Map(tasks.flatMap((task) => (task.change?.uri ? [[task.id, carriedUri(task, task.change.uri)] as const] : [])))
  const asked = tasks.filter(({id}) => !carried.has(id))
  const answers = await fetchUris(reader, asked, at)
  const found = new Map(asked.map(({id}, i) => [id, answers[i] as UriResult]))
  const mintOf = createMintQuestions(reader, tasks)
  return tasks.map((task) => ({
    ...{task, at, fetchMintUri: mintOf(task)},
    uri: carried.get(task.id) ?? found.get(task.id) ?? {ok: false, reason: 'malformed'},
  }))
}

const carriedUri = ({standard, tokenId}: Task, uri: string): UriResult => completeUri(uri, standard === 'erc1155' ? tokenId : null)

/** The question for the URI of the mint, asked once for all tasks that were minted in one block, when the first of them wants to know. */
function createMintQuestions(reader: BatchReader, tasks: readonly Task[]): (task: Task) => Planned['fetchMintUri'] {
  const asked = new Map<string, Promise<ReadonlyMap<string, MintUri>>>()
  return (task) => {
    const {mint, mintUri: uri} = task
    if (!mint) return null
    if (uri !== null) return async () => ({ok: true, uri})
    return async () => {
      const together = () => tasks.filter((other) => other.mint?.hash === mint.hash && other.mintUri === null)
      const answers = asked.get(mint.hash) ?? fetchMintUris(reader, together(), mint)
      asked.set(mint.hash, answers)
      return (await answers).get(task.id) ?? {ok: false, reason: 'the node left it out'}
    }
  }
}

/** Most nodes forget what a contract said long ago: that is an answer as well. */
async function fetchMintUris(reader: BatchReader, tasks: readonly Task[], mint: PinnedBlock): Promise<ReadonlyMap<string, MintUri>> {
  try {
    const answers = await fetchUris(reader, tasks, mint)
    return new Map(tasks.map(({id}, i) => [id, toMintUri(answers[i] ?? {ok: false, reason: 'malformed'})]))
  } catch (error) {
    if (!(error instanceof NodeUnavailable)) throw error
    const reason = 'the node does not answer for the block of the mint: that takes an archive node'
    return new Map(tasks.map(({id}) => [id, {ok: false, reason}]))
  }
}

const UNANSWERED = 'no node finished the call of the contract for the block of the mint'
const NO_URI = 'at its mint the contract had no URI for it'
const toMintUri = (answer: UriResult): MintUri =>
  answer.ok
    ? {ok: true, uri: answer.uri}
    : {ok: false, reason: answer.reason === 'unanswered' ? UNANSWERED : `${NO_URI} (${answer.reason})`}
