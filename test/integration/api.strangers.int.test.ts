import fc from 'fast-check'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {type Reply, startApiUnderTest} from '../support/apiUnderTest'

let app: Awaited<ReturnType<typeof startApiUnderTest>>
beforeAll(async () => {
  app = await startApiUnderTest()
})
afterAll(() => app.stop())

describe('what strangers send [INV-8]', () => {
  const codeOf = (reply: Reply) => reply.errors?.[0]?.extensions?.['code']

  test.each([
    ['a page too large', '{ transfers(first: 501) { nodes { id } } }', 'LIMIT_EXCEEDED'],
    ['a negative page', '{ transfers(first: -1) { nodes { id } } }', 'BAD_USER_INPUT'],
    ['first and last', '{ transfers(first: 1, last: 1) { nodes { id } } }', 'BAD_USER_INPUT'],
    ['a cursor that is none', '{ transfers(after: "nonsense") { nodes { id } } }', 'BAD_USER_INPUT'],
    ['an address that is none', '{ transfers(where: {to: {eq: "0x12"}}) { nodes { id } } }', 'BAD_USER_INPUT'],
    ['an asset id that is none', '{ asset(id: "1/2/3") { id } }', 'BAD_USER_INPUT'],
    ['a number beyond uint256', `{ asset(id: "eip155:1/erc721:0x${'1'.repeat(40)}/${2n ** 256n}") { id } }`, 'BAD_USER_INPUT'],
    ['NUL', '{ decodeFailures(where: {reason: {eq: "\\u0000"}}) { nodes { id } } }', 'BAD_USER_INPUT'],
    [
      'a query too deep',
      `{ asset(id: "eip155:1/erc721:0x${'1'.repeat(40)}/1") ${'{ mint { asset '.repeat(9)} { id } ${'} }'.repeat(9)} }`,
      'LIMIT_EXCEEDED',
    ],
    ['too many aliases', `{ ${Array.from({length: 40}, (_, i) => `a${i}: status { chains { chainId } }`).join(' ')} }`, 'LIMIT_EXCEEDED'],
    ['too many tokens', `{ ${'status { chains { chainId } } '.repeat(500)} }`, 'LIMIT_EXCEEDED'],
    ['lists in lists', '{ assets(first: 500) { nodes { transfers(first: 500) { nodes { id } } } } }', 'LIMIT_EXCEEDED'],
    [
      'nesting in where',
      `{ transfers(where: ${'{not: '.repeat(10)}{blockNumber: {eq: 1}}${'}'.repeat(10)}) { nodes { id } } }`,
      'LIMIT_EXCEEDED',
    ],
  ])('%s is refused with a code', async (_, query, code) => {
    const reply = await app.ask(query)
    expect(reply.errors?.length).toBeGreaterThan(0)
    expect(codeOf(reply), reply.errors?.[0]?.message).toBe(code)
    expect(reply.errors?.[0]?.message).not.toMatch(/syntax error at|relation|column/i)
    if (code !== 'LIMIT_EXCEEDED') return
    const {limit, asked} = (reply.errors?.[0]?.extensions ?? {}) as {limit: number; asked: number}
    expect(asked, 'the figure of the query').toBeGreaterThan(limit)
    expect(reply.errors?.[0]?.message).toContain(String(limit))
  })

  test('a cursor of another order, and every tampered one, is refused or stays within the list', async () => {
    const {transfers} = await app.answer('{ transfers(first: 1, orderBy: [ID_ASC]) { pageInfo { endCursor } } }')
    const cursor = transfers.pageInfo.endCursor as string
    expect(
      codeOf(await app.ask('query ($c: String) { transfers(after: $c, orderBy: [TIMESTAMP_ASC]) { nodes { id } } }', {c: cursor})),
    ).toBe('BAD_USER_INPUT')
    await fc.assert(
      fc.asyncProperty(fc.nat(cursor.length - 1), fc.constantFrom('A', 'z', '0', '_', '%', "'"), async (at, c) => {
        const reply = await app.ask('query ($c: String) { transfers(after: $c, orderBy: [ID_ASC], first: 1) { nodes { id } } }', {
          c: cursor.slice(0, at) + c + cursor.slice(at + 1),
        })
        if (reply.errors) expect(codeOf(reply)).toBe('BAD_USER_INPUT')
      }),
      {numRuns: 60, seed: 2},
    )
  })

  test.each(["'; DROP TABLE asset; --", "' OR '1'='1", '\\', '$1', '%', '{}', '"'])(
    'SQL in text finds nothing and breaks nothing: %s',
    async (text) => {
      const {decodeFailures} = await app.answer('query ($t: String) { decodeFailures(where: {reason: {eq: $t}}) { totalCount } }', {
        t: text,
      })
      expect(decodeFailures.totalCount).toBe(0)
      for (const query of [
        'query ($t: String!) { license(id: $t) { id } }',
        'query ($t: String!) { collection(id: $t) { id } }',
        'query ($t: String!) { account(address: $t) { address } }',
      ])
        expect(codeOf(await app.ask(query, {t: text}))).toBe('BAD_USER_INPUT')
      expect((await app.answer('{ assets { totalCount } }')).assets.totalCount).toBe(app.rows('Asset').length)
    },
  )

  test('what goes wrong inside is masked, and every connection comes back', async () => {
    await app.pool.query('ALTER TABLE derivative RENAME TO derivative_hidden')
    try {
      const reply = await app.ask(`{ lineage(asset: "eip155:1/erc721:0x${'1'.repeat(40)}/1") { truncated } }`)
      expect(reply.errors?.[0]?.message).toBe('Unexpected error.')
      expect(JSON.stringify(reply)).not.toContain('derivative')
    } finally {
      await app.pool.query('ALTER TABLE derivative_hidden RENAME TO derivative')
    }
    await Promise.all(Array.from({length: 30}, () => app.answer('{ status { chains { chainId } } assets(first: 1) { totalCount } }')))
    expect(app.pool.waitingCount).toBe(0)
    await expect.poll(() => app.pool.totalCount - app.pool.idleCount).toBe(0)
  })
})
