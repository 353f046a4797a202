import {Interface, solidityPackedKeccak256} from 'ethers'
import {expect, test} from 'vitest'
import {blockOf, logBy, pipelineOf} from '../../test/support/givenBlocks'
import {address, hash} from '../../test/support/givenEvents'
import {memoryStore} from '../../test/support/memoryStore'
import type {Hex} from '../domain/hex'
import type {PinnedQuestion} from '../domain/question'
import {handleBlocks, type SubsquidBlock} from './handler'

const MAIN = '0x2ed6c4b5da6378c7897ac67ba9e43102feb694ee'
const [SPLIT, OTHER, ANN, BEN, CYN] = [address(0x5911), address(0x5912), address(0xa1), address(0xa2), address(0xa3)]
const FIRST = [[ANN, BEN], [500_000, 500_000], 0] as const
const SECOND = [[BEN, CYN], [100_000, 900_000], 0] as const

const main = new Interface([
  'function createSplit(address[] accounts, uint32[] percentAllocations, uint32 distributorFee, address controller)',
  'function updateSplit(address split, address[] accounts, uint32[] percentAllocations, uint32 distributorFee)',
])
const made = main.encodeFunctionData('createSplit', [...FIRST, ANN])
const changed = main.encodeFunctionData('updateSplit', [SPLIT, ...SECOND])
const created = (split: string) => logBy(MAIN, 'CreateSplit(address indexed split)', [split])
const updated = (split: string, by: string = MAIN) => logBy(by, 'UpdateSplit(address indexed split)', [split])
const hashOf = (params: typeof FIRST | typeof SECOND) => solidityPackedKeccak256(['address[]', 'uint32[]', 'uint32'], params)

const pipeline = pipelineOf(`chains: [{id: 1, rpc: ["http://node"], contracts: "*"}]`)

/** `hashes`: of each split, at the end of each block. */
async function index(batches: readonly (readonly SubsquidBlock[])[], hashes: Readonly<Record<string, string>>) {
  const store = memoryStore()
  const answer = (question: PinnedQuestion): string =>
    question.kind === 'input' ? `${made}${changed.slice(2)}` : (hashes[`${question.block.number}/0x${question.data.slice(-40)}`] ?? '0x')
  const ask = async (questions: readonly PinnedQuestion[]) => questions.map((q) => ({ok: true, data: answer(q) as Hex}) as const)
  for (const blocks of batches) await handleBlocks(blocks, {...pipeline, ask}, store, store.created)
  const {SplitChange = [], SplitShare = []} = store.tables()
  return SplitChange.map(({id, source}) => [source, ...SplitShare.filter((share) => share.changeId === id).map(({recipient}) => recipient)])
}

test('of a split that changes twice in a block only the last change is proven by the hash at its end: the others are unknown', async () => {
  expect(await index([[blockOf(5, created(SPLIT), updated(SPLIT))]], {[`5/${SPLIT}`]: hashOf(SECOND)})).toEqual([
    ['unknown: changed_again'],
    ['input', BEN, CYN],
  ])
  // That the hash is in nobody's input does not make the first change known.
  expect(await index([[blockOf(5, created(SPLIT), updated(SPLIT))]], {[`5/${SPLIT}`]: hash(0x11)})).toEqual([
    ['unknown: changed_again'],
    ['unknown: not_in_input'],
  ])
})

test('changes of other splits, by strangers, and in other blocks leave a change proven, whatever the batches [INV-1]', async () => {
  const blocks = [blockOf(5, created(SPLIT), created(OTHER), updated(SPLIT, address(0x57a))), blockOf(6, updated(SPLIT))]
  const hashes = {[`5/${SPLIT}`]: hashOf(FIRST), [`5/${OTHER}`]: hashOf(FIRST), [`6/${SPLIT}`]: hashOf(SECOND)}
  const expected = [['input', ANN, BEN], ['input', ANN, BEN], ['unknown: not_asked'], ['input', BEN, CYN]]
  expect(await index([blocks], hashes)).toEqual(expected)
  expect(
    await index(
      blocks.map((block) => [block]),
      hashes,
    ),
  ).toEqual(expected)
})
