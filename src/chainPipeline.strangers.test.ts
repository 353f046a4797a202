import {Interface, id, solidityPackedKeccak256} from 'ethers'
import {expect, test} from 'vitest'
import {countHashed} from '../test/support/countHashed'
import {blockOf, emitted, pipelineOf} from '../test/support/givenBlocks'
import {address, hash} from '../test/support/givenEvents'
import {word} from '../test/support/givenLogs'
import {memoryStore} from '../test/support/memoryStore'
import type {Hex} from './domain/hex'
import type {Answer, PinnedQuestion} from './domain/question'
import {handleBlocks, type Pipeline, type SubsquidBlock} from './pipeline/handler'

const STRANGER = address(0x57a)
const SPLIT_MAIN = '0x2ed6c4b5da6378c7897ac67ba9e43102feb694ee'
const CREATE_SPLIT = 'CreateSplit(address indexed split)'
const EVERYBODY = pipelineOf(`chains: [{id: 1, rpc: ["http://node"], contracts: "*"}]`)

const ok = (data: string): Answer => ({ok: true, data: data as Hex})
type Say = (question: PinnedQuestion) => Answer

async function index(pipeline: Pipeline, blocks: readonly SubsquidBlock[], say: Say) {
  const asked: PinnedQuestion[] = []
  const store = memoryStore()
  const ask = async (questions: readonly PinnedQuestion[]) => {
    asked.push(...questions)
    return questions.map(say)
  }
  const {hashed} = await countHashed(() => handleBlocks(blocks, {...pipeline, ask}, store, store.created))
  return {tables: store.tables(), asked, hashed}
}

const MAIN = new Interface([
  'function createSplit(address[] accounts, uint32[] percentAllocations, uint32 distributorFee, address controller)',
])
const splitOf = (i: number) => address(0x900 + i)
const partsOf = (i: number) => [[address(0xa), address(0xb0 + i)], [400_000, 600_000], 0] as const

/** Calls of which each names the same list, behind them all, as its accounts and as its allocations. */
function callsOfOneList(calls: number, length: number): string {
  const selector = id('createSplit(address[],uint32[],uint32,address)').slice(2, 10)
  const heads = Array.from({length: calls}, (_, i) => {
    const list = calls * 100 - (i * 100 + 4)
    return `${selector}${word(list)}${word(list)}${word(1)}`
  })
  return `0x${heads.join('')}${word(length)}${word(7).repeat(length)}`
}

test('a stranger who logs splits costs no call, and no search of his input [INV-8]', async () => {
  const input = callsOfOneList(64, 1_000)
  const {tables, asked, hashed} = await index(EVERYBODY, [blockOf(5, emitted(STRANGER, CREATE_SPLIT, [splitOf(1)]))], ({kind}) =>
    ok(kind === 'input' ? input : hash(0x11)),
  )
  expect([asked, hashed]).toEqual([[], 0])
  expect(tables.SplitChange).toMatchObject([{authority: 'unverified', source: 'unknown: not_asked', shareCount: 0}])
})

test('whatever stands in the input of SplitMain is asked for once, and hashed once and not once for each log and call [INV-8]', async () => {
  const input = callsOfOneList(64, 1_000)
  const logs = Array.from({length: 10}, (_, i) => emitted(SPLIT_MAIN, CREATE_SPLIT, [splitOf(i)]))
  const {tables, asked, hashed} = await index(EVERYBODY, [blockOf(5, ...logs)], ({kind}) => ok(kind === 'input' ? input : hash(0x11)))
  expect(hashed).toBeLessThanOrEqual(input.length / 2)
  expect(asked.map(({kind}) => kind).filter((kind) => kind === 'input')).toEqual(['input'])
  expect(tables.SplitChange?.map(({source}) => source)).toEqual(logs.map(() => 'unknown: not_in_input'))
})

test('of a hundred splits that one transaction makes each has its own recipients', async () => {
  const made = Array.from({length: 100}, (_, i) => i)
  const calls = made.map((i) => MAIN.encodeFunctionData('createSplit', [...partsOf(i), address(0xa)]))
  const input = new Interface(['function aggregate((address to, bytes data)[])']).encodeFunctionData('aggregate', [
    calls.map((data) => [SPLIT_MAIN, data]),
  ])
  const hashes = new Map(made.map((i) => [splitOf(i).slice(2), solidityPackedKeccak256(['address[]', 'uint32[]', 'uint32'], partsOf(i))]))
  const {tables} = await index(EVERYBODY, [blockOf(5, ...made.map((i) => emitted(SPLIT_MAIN, CREATE_SPLIT, [splitOf(i)])))], (question) =>
    question.kind === 'input' ? ok(input) : ok(hashes.get(question.data.slice(-40)) ?? '0x'),
  )
  expect(tables.SplitChange?.map(({source}) => source)).toEqual(made.map(() => 'input'))
  expect(tables.SplitShare?.map(({recipient}) => recipient)).toEqual(made.flatMap((i) => [...partsOf(i)[0]]))
})
