import {readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {gunzipSync} from 'node:zlib'
import {beforeAll, describe, expect, test} from 'vitest'
import {type Bloom, createBloom} from './bloom'
import type {RawHeader, RawLog} from './chainBlock'
import {loadKeccak} from './keccak'
import {buildLogFilter} from './logFilter'
import {parseHeader, parseReceipts} from './rpcShapes'
import {checkHashes, checkLinks, holdsLogs, isSuspicious} from './verifyBloom'

const BLOCKS = join(__dirname, '../../test/fixtures/blocks/ethereum')
const TRANSFER = '0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef'

type Block = Readonly<{header: RawHeader; logs: readonly RawLog[]}>
let bloom: Bloom
let blocks: readonly Block[]

beforeAll(async () => {
  bloom = createBloom(await loadKeccak())
  blocks = readdirSync(BLOCKS).map((name) => {
    const {block, receipts} = JSON.parse(gunzipSync(readFileSync(join(BLOCKS, name))).toString()) as {block: unknown; receipts: unknown}
    return {header: parseHeader(block), logs: parseReceipts(receipts).flatMap(({logs}) => logs)}
  })
})

const stranger = (i: number) => `0x${((BigInt(i) * 0x9e3779b97f4a7c15f39cc0605cedc834n) % 2n ** 160n).toString(16).padStart(40, '0')}`

describe('blooms of real blocks', () => {
  test('hold every log of their block', () => {
    expect(blocks.filter(({header, logs}) => !holdsLogs(bloom, header, logs))).toEqual([])
  })

  test('tell that all logs of a contract are missing', () => {
    for (const {header, logs} of blocks) {
      const [first] = logs as readonly [RawLog]
      const filter = buildLogFilter([{address: [first.address]}])
      const served = logs.filter(filter.isWanted)
      expect([isSuspicious(bloom, filter, header, served), isSuspicious(bloom, filter, header, [])]).toEqual([false, true])
    }
  })

  // Nine blocks of 2017 to 2025 with 151 to 10,041 logs, 25 to 100 % of their bits set. What a larger sample would say of the rate is not known.
  test.each([
    [1, 1],
    [10, 4],
    [100, 8],
    [1_000, 9],
  ])('with %s contracts that have no log in them, %s of 9 blocks of Ethereum are doubtful all the same', (count, doubtful) => {
    const filter = buildLogFilter([{address: Array.from({length: count}, (_, i) => stranger(i + 1)), topic0: [TRANSFER]}])
    expect(blocks.filter(({header, logs}) => isSuspicious(bloom, filter, header, logs.filter(filter.isWanted)))).toHaveLength(doubtful)
  })
})

describe('a header and the logs that are said to be of its block', () => {
  test('a log of another block is not', () => {
    const [a, b] = blocks as readonly [Block, Block]
    expect(() => checkHashes(a.header, b.logs)).toThrow('from another fork')
    expect(() => checkHashes(a.header, a.logs)).not.toThrow()
  })

  test('neighbours that are not parent and child are no chain; blocks further apart may be anything', () => {
    const [{header}] = blocks as readonly [Block]
    const child = {...header, number: header.number + 1}
    expect(() => checkLinks([header, child])).toThrow('no child')
    expect(() => checkLinks([header, {...child, parentHash: header.hash}])).not.toThrow()
    expect(() => checkLinks([header, {...child, number: header.number + 2}])).not.toThrow()
  })
})
