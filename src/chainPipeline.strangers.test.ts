import {Interface, id, solidityPackedKeccak256, toUtf8Bytes} from 'ethers'
import {expect, test} from 'vitest'
import {countHashed} from '../test/support/countHashed'
import {blockOf, logBy, pipelineOf} from '../test/support/givenBlocks'
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
const REVERTED: Answer = {ok: false, reason: 'reverted'}
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
  const {tables, asked, hashed} = await index(EVERYBODY, [blockOf(5, logBy(STRANGER, CREATE_SPLIT, [splitOf(1)]))], ({kind}) =>
    ok(kind === 'input' ? input : hash(0x11)),
  )
  expect([asked, hashed]).toEqual([[], 0])
  expect(tables.SplitChange).toMatchObject([{authority: 'unverified', source: 'unknown: not_asked', shareCount: 0}])
})

test('whatever stands in the input of SplitMain is asked for once, and hashed once and not once for each log and call [INV-8]', async () => {
  const input = callsOfOneList(64, 1_000)
  const logs = Array.from({length: 10}, (_, i) => logBy(SPLIT_MAIN, CREATE_SPLIT, [splitOf(i)]))
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
  const {tables} = await index(EVERYBODY, [blockOf(5, ...made.map((i) => logBy(SPLIT_MAIN, CREATE_SPLIT, [splitOf(i)])))], (question) =>
    question.kind === 'input' ? ok(input) : ok(hashes.get(question.data.slice(-40)) ?? '0x'),
  )
  expect(tables.SplitChange?.map(({source}) => source)).toEqual(made.map(() => 'input'))
  expect(tables.SplitShare?.map(({recipient}) => recipient)).toEqual(made.flatMap((i) => [...partsOf(i)[0]]))
})

const AIGC = 'AigcData(uint256 indexed tokenId, bytes indexed prompt, bytes indexed aigcData, bytes proof)'
const claimed = (tokenId: number, prompt: string) => logBy(STRANGER, AIGC, [tokenId, toUtf8Bytes(prompt), '0x02', '0x'])
const sourcesOf = ({GenerationEvent}: Awaited<ReturnType<typeof index>>['tables']) => GenerationEvent?.map(({promptSource}) => promptSource)

test('however many logs look for prompts in one input, it is searched once [INV-8]', async () => {
  const input = `0x${word(60 * 1024).repeat(4_096)}`
  const logs = Array.from({length: 20}, (_, i) => claimed(i, `no prompt of the input ${i}`))
  const {tables, asked, hashed} = await index(EVERYBODY, [blockOf(5, ...logs)], ({kind}) => (kind === 'input' ? ok(input) : REVERTED))
  expect(hashed).toBeLessThanOrEqual(256 * 1024)
  expect(asked.filter(({kind}) => kind === 'input')).toHaveLength(1)
  expect(sourcesOf(tables)).toEqual(logs.map(() => 'unknown: reverted'))
})

test('the inputs of many transactions cost what they are long [INV-8]', async () => {
  const input = `0x${word(3_000).repeat(128)}`
  const blocks = Array.from({length: 20}, (_, i) => blockOf(5 + i, claimed(i, 'no prompt of the input')))
  const {hashed} = await index(EVERYBODY, blocks, ({kind}) => (kind === 'input' ? ok(input) : REVERTED))
  expect(hashed).toBeLessThanOrEqual(20 * (4_096 + 8 * 4_096))
})

test('of a hundred works that one transaction makes each has its own prompt', async () => {
  const promptOf = (i: number) => `a lighthouse in fog, ink, number ${i}, ${'seen from the sea '.repeat(i % 12)}`
  const made = Array.from({length: 100}, (_, i) => i)
  const abi = new Interface(['function mint((uint256 id, bytes prompt, bytes data)[] works)', 'function execute(address to, bytes data)'])
  const mint = abi.encodeFunctionData('mint', [made.map((i) => [i, toUtf8Bytes(promptOf(i)), '0x02'])])
  const input = abi.encodeFunctionData('execute', [STRANGER, mint])
  const logs = made.map((i) => claimed(i, promptOf(i)))
  const {tables} = await index(EVERYBODY, [blockOf(5, ...logs)], ({kind}) => (kind === 'input' ? ok(input) : REVERTED))
  expect(tables.GenerationEvent?.map(({prompt}) => prompt)).toEqual(made.map(promptOf))
  expect(sourcesOf(tables)).toEqual(made.map(() => 'input'))
})

const FACTORY = address(0xfac)
const CREATED = 'CollectionCreated(address indexed owner, address collection)'
const OWN_FACTORY = pipelineOf(`chains:
  - id: 1
    rpc: ["http://node"]
    contracts: [{address: "${address(0xa)}"}]
    factories: [{address: "${FACTORY}", event: "${CREATED}", child: collection, startBlock: 3}]`)
const attested = (registry: string, uid: number) =>
  logBy(registry, 'Attested(address indexed recipient, address indexed attester, bytes32 uid, bytes32 indexed schemaUID)', [
    address(1),
    address(2),
    hash(uid),
    hash(4),
  ])

test('with factories, nobody is asked about the logs of strangers, nor are these read [INV-8]', async () => {
  const child = address(0xc41d)
  const cut = {...claimed(2, 'x'), topics: claimed(2, 'x').topics.slice(0, 2)}
  const logs = [attested(STRANGER, 3), attested(child, 5), claimed(1, 'x'), cut, logBy(FACTORY, CREATED, [address(1), child])]
  const before = blockOf(4, attested(child, 6))
  const {tables, asked} = await index(OWN_FACTORY, [before, blockOf(5, ...logs)], () => REVERTED)
  expect(asked).toMatchObject([{kind: 'call', to: child, block: {number: 5}}])
  expect(tables.AttestationEvent).toMatchObject([{emitter: child, blockNumber: 5}])
  expect([tables.GenerationEvent, tables.DecodeFailure]).toEqual([undefined, undefined])
})

test('a creation that a stranger or a child tells of is none, and its log is not read as one', async () => {
  const [child, other] = [address(0xc41d), address(0x07e4)]
  const made = (by: string, contract: string) => logBy(by, CREATED, [address(1), contract])
  const {tables} = await index(OWN_FACTORY, [blockOf(5, made(FACTORY, child), made(child, other), made(STRANGER, other))], () => REVERTED)
  expect(tables.FactoryContract).toMatchObject([{address: child}])
  expect(tables.ContractCreation).toHaveLength(1)
})
