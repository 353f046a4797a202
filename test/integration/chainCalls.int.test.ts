import {createHash} from 'node:crypto'
import {appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {AbiCoder} from 'ethers'
import {afterAll, afterEach, beforeAll, expect, test} from 'vitest'
import {createGatewayAsk} from '../../src/chain/gatewayAsk'
import {MULTICALL3} from '../../src/chain/multicall'
import type {Address, Hash32, Hex} from '../../src/domain/hex'
import type {PinnedQuestion} from '../../src/domain/question'
import {setUpGateways} from '../support/gatewaySetup'
import type {SyntheticBlock} from '../support/syntheticChain'

let setup: Awaited<ReturnType<typeof setUpGateways>>
let dir: string
beforeAll(async () => {
  setup = await setUpGateways()
  dir = mkdtempSync(join(tmpdir(), 'indexer-calls-'))
})
afterEach(() => setup.closeAll())
afterAll(() => rmSync(dir, {recursive: true, force: true}))

const TOKEN = `0x${'70'.repeat(20)}` as Address
const block = (number: number) => ({number, hash: setup.chain.blocks[number]?.hash as Hash32})
const question = (data: string, number: number, to = TOKEN): PinnedQuestion => ({kind: 'call', to, data: data as Hex, block: block(number)})
const ok = (data: string) => ({ok: true, data})
const no = (reason: string) => ({ok: false, reason})

/** Answers what it was asked and where; 0xdead reverts, 0x00 has no code, 0xff says a megabyte. */
const contract = ({data}: {data: string}, at: SyntheticBlock): string | null =>
  data === '0xdead' ? null : data === '0x00' ? '0x' : data === '0xff' ? `0x${'ff'.repeat(2 ** 20)}` : `${data}${at.hash.slice(2)}`

type Aggregate = readonly (readonly [string, boolean, string])[]
const multicall = ({to, data}: {to: string; data: string}, at: SyntheticBlock): string | null => {
  if (to !== MULTICALL3) return contract({data}, at)
  const coder = AbiCoder.defaultAbiCoder()
  const [calls] = coder.decode(['tuple(address,bool,bytes)[]'], `0x${data.slice(10)}`) as unknown as [Aggregate]
  const results = calls.map(([, , inner]) => contract({data: inner}, at)).map((result) => [result !== null, result ?? '0x'])
  return coder.encode(['tuple(bool,bytes)[]'], [results])
}

const expected = (data: string, number: number) => ok(`${data}${block(number).hash.slice(2)}`)
const MIXED = ['0x01', '0x02', '0xdead', '0x00', '0xff', '0x03']
const outcomes = (number: number) => [
  expected('0x01', number),
  expected('0x02', number),
  no('reverted'),
  no('empty'),
  no('too_large'),
  expected('0x03', number),
]

test.each([
  [
    'one by one, where there is no Multicall3',
    ({to, data}: {to: string; data: string}, at: SyntheticBlock) => (to === MULTICALL3 ? '0x' : contract({data}, at)),
  ],
  ['together, where there is', multicall],
])('calls are pinned to their blocks and each has its outcome: a revert, no code and a megabyte too, %s [INV-8]', async (_, call) => {
  const node = await setup.startNode({call})
  const ask = createGatewayAsk((await setup.startGatewayOver([node], {tuning: {timeoutMs: 20_000}})).url)
  const questions = [5, 300].flatMap((number) => MIXED.map((data) => question(data, number)))
  expect(await ask(questions)).toEqual([...outcomes(5), ...outcomes(300)])
  if (call !== multicall) return
  const before = Number(node.calls['eth_call'])
  const ordinary = MIXED.filter((data) => data !== '0xff')
  const answers = await ask(ordinary.map((data) => question(data, 6)))
  expect(answers).toEqual(outcomes(6).toSpliced(4, 1))
  expect(node.calls['eth_call'], 'all at once, and again what reverted').toBe(before + 2)
})

test('the input of a transaction, and of one that no node knows', async () => {
  const node = await setup.startNode()
  const ask = createGatewayAsk((await setup.startGatewayOver([node])).url)
  const input = (transactionHash: string): PinnedQuestion => ({kind: 'input', transactionHash: transactionHash as Hash32, block: block(20)})
  const known = setup.chain.blocks[20]?.transactions[0]
  expect(await ask([input(String(known?.hash)), input(`0x${'00'.repeat(32)}`)])).toEqual([ok(known?.input ?? ''), no('no_state')])
})

test('a node without the state of old blocks ends in an outcome, not in a standstill; one that has it is found [INV-10]', async () => {
  const pruned = await setup.startNode({call: contract})
  pruned.fault({kind: 'no-state', keeps: 50})
  const alone = createGatewayAsk((await setup.startGatewayOver([pruned])).url)
  expect(await alone([question('0x01', 9), question('0x01', 399)])).toEqual([no('no_state'), expected('0x01', 399)])
  const archive = await setup.startNode({call: contract})
  const both = createGatewayAsk((await setup.startGatewayOver([pruned, archive])).url)
  expect(await both([question('0x01', 9), question('0x02', 10)])).toEqual([expected('0x01', 9), expected('0x02', 10)])
})

test('a node that takes blocks by number only is asked by number, and its block compared', async () => {
  const node = await setup.startNode({call: contract})
  node.fault({kind: 'number-only'})
  const ask = createGatewayAsk((await setup.startGatewayOver([node])).url)
  const orphan: PinnedQuestion = {kind: 'call', to: TOKEN, data: '0x01', block: {number: 7, hash: `0x${'0f'.repeat(32)}` as Hash32}}
  expect(await ask([question('0x01', 7), orphan])).toEqual([expected('0x01', 7), no('no_state')])
})

test('a node that knows no such method, or fails at it in unknown words', async () => {
  const node = await setup.startNode({call: contract})
  const ask = createGatewayAsk((await setup.startGatewayOver([node])).url)
  node.fault({kind: 'error', code: -32601, message: 'the method eth_call does not exist', methods: ['eth_call']})
  expect(await ask([question('0x01', 7)])).toEqual([no('unsupported')])
  node.fault({kind: 'error', code: -32099, message: 'flux capacitor empty', methods: ['eth_call']})
  expect(await ask([question('0x02', 7)])).toEqual([no('refused')])
})

test('what was answered is answered again without a node, and what was cut off is asked again [INV-1]', async () => {
  const node = await setup.startNode({call: contract})
  const settings = {cacheDir: dir}
  const first = await setup.startGatewayOver([node], settings)
  const questions = [question('0x01', 7), question('0xdead', 7)]
  const answers = await createGatewayAsk(first.url)(questions)
  const asked = node.calls['eth_call']
  const folder = join(dir, 'calls', '1337')
  const [file] = readdirSync(folder)
  const path = join(folder, String(file))
  appendFileSync(path, '\n0badc0de ["cut off')

  const second = await setup.startGatewayOver([node], {...settings, knownFinal: 380})
  expect(await createGatewayAsk(second.url)(questions)).toEqual(answers)
  expect(node.calls['eth_call']).toBe(asked)

  writeFileSync(path, readFileSync(path, 'utf8').replace('reverted', 'rewarded'))
  const third = await setup.startGatewayOver([node], settings)
  expect(await createGatewayAsk(third.url)(questions)).toEqual(answers)
  expect(node.calls['eth_call']).toBe(Number(asked) + 1)
})

test('a refusal that an earlier version kept is asked for once more, one of this version is kept [INV-1]', async () => {
  const node = await setup.startNode({call: contract})
  const settings = {cacheDir: mkdtempSync(join(dir, 'refusals-'))}
  const ask = async () =>
    createGatewayAsk((await setup.startGatewayOver([node], settings)).url)([question('0x01', 7), question('0xdead', 7)])
  node.fault({kind: 'error', code: -32099, message: 'flux capacitor empty', methods: ['eth_call']})
  expect(await ask()).toEqual([no('refused'), no('refused')])
  node.fault()
  expect(await ask()).toEqual([no('refused'), no('refused')])

  const path = join(settings.cacheDir, 'calls', '1337', '0.jsonl')
  const asEarlier = (line: string) => {
    const body = JSON.stringify((JSON.parse(line.slice(9)) as unknown[]).slice(0, 2))
    return `${createHash('sha256').update(body).digest('hex').slice(0, 8)} ${body}`
  }
  writeFileSync(path, readFileSync(path, 'utf8').split('\n').filter(Boolean).map(asEarlier).join('\n'))
  expect(await ask()).toEqual([expected('0x01', 7), no('reverted')])
  const asked = node.calls['eth_call']
  expect(await ask()).toEqual([expected('0x01', 7), no('reverted')])
  expect(node.calls['eth_call']).toBe(asked)
})
