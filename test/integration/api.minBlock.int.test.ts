import {afterAll, beforeAll, expect, test} from 'vitest'
import {HEAD, startApiUnderTest} from '../support/apiUnderTest'
import {CHAIN} from '../support/filledDatabase'

let app: Awaited<ReturnType<typeof startApiUnderTest>>
beforeAll(async () => {
  app = await startApiUnderTest()
})
afterAll(() => app.stop())

const ask = (directive: string, variables = {}) =>
  app.ask(`query ${'n' in variables ? '($n: Int!)' : ''} ${directive} { status { chains { indexedBlock { number } } } }`, variables)
const advance = (height: number) =>
  app.pool.query(`INSERT INTO squid_processor_eip155_${CHAIN}.hot_block VALUES ($1, $2)`, [height, `0x${'b'.repeat(64)}`])

test('what is indexed already is answered at once, also by a variable', async () => {
  expect((await ask(`@minBlock(number: ${HEAD}, waitMs: 0)`)).errors).toBeUndefined()
  expect((await ask(`@minBlock(number: $n, chainId: "eip155:${CHAIN}")`, {n: HEAD})).errors).toBeUndefined()
})

test('a block that does not come in time is a coded error that says how far the index is', async () => {
  const {data, errors} = await ask(`@minBlock(number: ${HEAD + 5}, waitMs: 50)`)
  expect(data ?? null).toBeNull()
  expect(errors?.[0]?.extensions).toEqual({code: 'BLOCK_NOT_INDEXED', minBlock: HEAD + 5, indexedBlock: HEAD, waitedMs: 50})
})

test('who waits reads the block as soon as it is written', async () => {
  const waiting = Promise.all(Array.from({length: 20}, () => ask(`@minBlock(number: ${HEAD + 1}, waitMs: 10000)`)))
  await advance(HEAD + 1)
  for (const {data, errors} of await waiting) {
    expect(errors).toBeUndefined()
    expect(data).toMatchObject({status: {chains: [{indexedBlock: {number: HEAD + 1}}]}})
  }
})

test.each([
  ['a wait without end', '@minBlock(number: 1, waitMs: 1000000)', 'LIMIT_EXCEEDED'],
  ['a chain that is not indexed', '@minBlock(number: 1, chainId: "eip155:999")', 'BAD_USER_INPUT'],
  ['no chain at all', '@minBlock(number: 1, chainId: "bitcoin")', 'BAD_USER_INPUT'],
  ['a flood', '@minBlock(number: 1) '.repeat(11), 'LIMIT_EXCEEDED'],
])('%s is refused at once', async (_, directive, code) => {
  expect((await ask(directive)).errors?.[0]?.extensions).toMatchObject({code})
})
