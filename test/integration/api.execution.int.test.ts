import {type ExecutionResult, execute, getOperationAST, parse, validate} from 'graphql'
import type {PoolClient} from 'pg'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {buildApiSchema} from '../../src/api/buildSchema'
import {createContext} from '../../src/api/context'
import {DEFAULT_QUERY} from '../../src/api/defaultQuery'
import {isCompilable} from '../../src/api/execution/compilable'
import {createStatementNames} from '../../src/api/statementNames'
import {createStateSchemas} from '../../src/api/stateSchemas'
import {readWebhookTerms} from '../../src/feed/webhooks/webhookTerms'
import {askOf, handlerOver, type Json, startApiUnderTest} from '../support/apiUnderTest'
import {CHAIN, SENDER} from '../support/filledDatabase'

/** More often than it takes until an operation is compiled, and then answered by one statement. */
const OFTEN = 7

const NOBODY = {key: null, address: ''}
const schema = buildApiSchema()
const CASES: readonly (readonly [string, Json])[] = [
  [DEFAULT_QUERY, {}],
  [
    'query ($n: Int) { transfers(first: $n, orderBy: ID_DESC) { nodes { id kind asset { id owner { address } } blockHash finality timestamp } edges { cursor } pageInfo { endCursor } totalCount } }',
    {n: 5},
  ],
  ['query ($n: Int) { transfers(first: $n, orderBy: ID_DESC) { nodes { id from { address } timestamp } } }', {n: 3}],
  ['query ($n: Int) { transfers(first: $n) { nodes { id } } }', {n: 0}],
  ['query ($is: Boolean!) { status { chains { chainId @include(if: $is) indexedBlock { number } } } }', {is: false}],
  ['{ a: assets(first: 600) { nodes { id } } b: assets(first: 2) { nodes { id } } }', {}],
  ['query ($w: TransferWhere) { transfers(where: $w, first: 1) { nodes { id } } }', {w: {from: {eq: 'zz'}}}],
  [
    'query ($w: TransferWhere, $o: [TransferOrderBy!] = [ID_ASC], $n: Int = 2) { transfers(where: $w, first: $n, orderBy: $o) { nodes { id timestamp } } }',
    {w: {or: [{from: {eq: SENDER}}, {blockNumber: {gt: 3}}], not: {blockNumber: {eq: 5}}}},
  ],
  [
    'query ($to: Address, $t: DateTime) { transfers(where: {to: {eq: $to}, timestamp: {lt: $t}}, first: 2) { nodes { id } } }',
    {to: SENDER, t: null},
  ],
  ['query ($g: [RoyaltyGrouping!]! = [KIND]) { royaltySummary(groupBy: $g) { kind amount currency { address } } }', {}],
  [
    '{ royaltyPayments(first: 3) { nodes { ...money ... on ChainEvent { __typename blockNumber } } } } fragment money on RoyaltyPayment { amount gross license: licenseId }',
    {},
  ],
  ['{ __typename __schema { queryType { name } } }', {}],
]

describe('execution', () => {
  let api: Awaited<ReturnType<typeof startApiUnderTest>>
  beforeAll(async () => {
    api = await startApiUnderTest()
  })
  afterAll(() => api.stop())

  async function byGraphqlJs(query: string, variableValues: Json): Promise<ExecutionResult> {
    const context = createContext({
      pool: api.pool,
      primary: api.pool,
      stateSchemas: createStateSchemas(),
      statementNames: createStatementNames(),
      statementTimeoutMs: 10_000,
      chainIds: [CHAIN],
      noteReader: () => {},
      webhooks: readWebhookTerms({}),
      followFeed: () => {
        throw new Error('no query follows the feed')
      },
    })
    try {
      return await execute({schema, document: parse(query), contextValue: context, variableValues: {...variableValues}})
    } finally {
      await context.release()
    }
  }

  it('[INV-9] gives the same answer compiled and by one statement as graphql-js gives in a transaction, however often', async () => {
    for (const [query, variables] of CASES) {
      expect(validate(schema, parse(query))).toEqual([])
      const expected = JSON.parse(JSON.stringify(await byGraphqlJs(query, variables)))
      for (let i = 0; i < OFTEN; i++) {
        const {data, errors, extensions} = await api.ask(query, variables)
        expect({query, data: data ?? null, messages: errors?.map(({message}) => message)}).toEqual({
          query,
          data: expected.data ?? null,
          messages: expected.errors?.map(({message}: Error) => message),
        })
        if (expected.data) expect(extensions?.['indexer']).toMatchObject({chains: [{indexedBlock: {number: 19}}]})
      }
      const short = await api.handler.answerKnown({query, variables}, NOBODY)
      if (short === null) continue
      const {data, errors} = JSON.parse(JSON.stringify(short))
      expect({query, data: data ?? null, messages: errors?.map(({message}: Error) => message)}).toEqual({
        query,
        data: expected.data ?? null,
        messages: expected.errors?.map(({message}: Error) => message),
      })
    }
  })

  it('takes the short way for what has been checked, and for nothing else', async () => {
    const query = 'query short($n: Int) { transfers(first: $n, orderBy: ID_DESC) { nodes { id } } }'
    const known = (variables: Json, operationName?: string) => api.handler.answerKnown({query, variables, operationName}, NOBODY)
    expect(known({n: 1})).toBeNull()
    await api.ask(query, {n: 1})
    expect(await known({n: 2})).toMatchObject({data: {transfers: {nodes: [{}, {}]}}})
    expect(await known({n: 2}, 'short')).toMatchObject({data: {transfers: {nodes: [{}, {}]}}})
    // What the long way refuses in its own words.
    for (const refused of [{n: 'two'}, {n: 2 ** 40}, {n: 100_000}, {n: [[[1]]]}]) expect(known(refused as Json)).toBeNull()
    expect(known({n: 2}, 'other')).toBeNull()
    expect((await api.ask(query, {n: 100_000})).errors?.[0]?.extensions).toMatchObject({code: 'LIMIT_EXCEEDED'})
  })

  it('makes an answer again, in a transaction, when something was written between its statements', async () => {
    const query = `{ first: metadataUpdates(first: 1, orderBy: ID_DESC) { nodes { id uri } } again: metadataUpdates(first: 2, orderBy: ID_DESC) { nodes { id uri } } }`
    let isWatched = false
    let lent = 0
    const connect = async () => {
      if (isWatched && ++lent === 2)
        await api.pool.query(`UPDATE metadata_change SET uri = 'ipfs://meanwhile' WHERE id = (SELECT max(id) FROM metadata_change)`)
      return api.pool.connect()
    }
    const {fetch} = handlerOver(Object.create(api.pool, {connect: {value: connect}}))
    const ask = async () => (await askOf({fetch} as never, query)).data as never as Record<'first' | 'again', {nodes: Json[]}>
    await ask()
    isWatched = true
    const {first, again} = await ask()
    expect(lent).toBeGreaterThan(2)
    expect(first.nodes[0]).toEqual(again.nodes[0])
    expect(first.nodes[0]).toMatchObject({uri: 'ipfs://meanwhile'})
  })

  it('answers from one moment when an operation comes to need more than one statement', async () => {
    const query = 'query ($id: AssetId!) { asset(id: $id) { tokenId } }'
    const known = api.rows('Asset')[0]?.id.split('-') as string[]
    const id = (token: string) => `eip155:${CHAIN}/erc721:${known[1]}/${token}`
    for (let i = 0; i < OFTEN; i++) expect((await api.answer(query, {id: id(known[2] as string)})).asset).toEqual({tokenId: known[2]})
    // Whether a log has mentioned it is another statement.
    for (let i = 0; i < OFTEN; i++) expect((await api.answer(query, {id: id('99999999999')})).asset).toBeNull()
    expect((await api.answer(query, {id: id(known[2] as string)})).asset).toEqual({tokenId: known[2]})
  })

  it('selects what such answers read, and makes one again that comes to read more', async () => {
    const query = `query ($is: Boolean!) { transfers(first: 3, orderBy: ID_DESC) { nodes { id amount @include(if: $is) timestamp @include(if: $is) to { address } } }
      one: asset(id: "eip155:${CHAIN}/erc721:${api.rows('Asset')[0]?.id.split('-').slice(1).join('/')}") { transferCount mintedAt @include(if: $is)
        provenance(first: 2) { nodes { id timestamp @include(if: $is) } } } }`
    const expected = JSON.parse(JSON.stringify(await byGraphqlJs(query, {is: true}))).data
    let columns = 0
    const connect = async () => watching(await api.pool.connect(), (text) => (columns = Math.max(columns, text.split(' AS "').length)))
    const {fetch} = handlerOver(Object.create(api.pool, {connect: {value: connect}}))
    const ask = (is: boolean) => askOf({fetch} as never, query, {is})
    const most: number[] = []
    for (const is of [...Array.from({length: OFTEN}, () => false), true, true, false]) {
      columns = 0
      const {data, errors} = await ask(is)
      expect(errors).toBeUndefined()
      if (is) expect(data).toEqual(expected)
      most.push(columns)
    }
    const [whole, learnt] = [most[0] ?? 0, most[OFTEN - 1] ?? 0]
    expect(learnt).toBeLessThan(whole / 2)
    // The first that reads more is made again of all columns; then it is known.
    expect(most.slice(OFTEN).map((n) => n === whole)).toEqual([true, false, false])
  })

  it('tells what is indexed as its rows have it, however often the same moment was read before', async () => {
    const query = '{ transfers(first: 1, orderBy: ID_DESC) { nodes { id } } }'
    const none = '{ transfers(first: 1, where: {blockNumber: {eq: 987654}}) { nodes { id } } }'
    const head = async (asked: string) => {
      const {extensions} = await api.ask(asked)
      const told = extensions?.['indexer'] as {chains: readonly {headBlock: number}[]} | undefined
      return told?.chains[0]?.headBlock
    }
    const [first] = (await api.pool.query('SELECT head_block FROM chain_progress WHERE chain_id = $1', [CHAIN])).rows
    const setHead = (n: number) =>
      api.pool.query(
        `INSERT INTO chain_progress (chain_id, head_block, first_block, finality) VALUES ($1, $2, 0, 'tag') ON CONFLICT (chain_id) DO UPDATE SET head_block = $2`,
        [CHAIN, n],
      )
    for (const n of [101, 102, 103]) {
      await setHead(n)
      for (let i = 0; i < OFTEN; i++) expect([await head(query), await head(none)]).toEqual([n, n])
    }
    // While somebody writes all the time, an answer knows at least what was there when it was asked for.
    let told = 103
    for (let n = 104; n < 140; n++) {
      const [written, seen] = await Promise.all([setHead(n), head(n % 2 === 0 ? query : none), head(query)])
      expect(written.rowCount).toBe(1)
      expect(seen).toBeGreaterThanOrEqual(told)
      told = n
    }
    await (first ? setHead(first.head_block) : api.pool.query('DELETE FROM chain_progress WHERE chain_id = $1', [CHAIN]))
  })

  it('loses no field by its name, and compiles nothing that is large', async () => {
    for (let i = 0; i < OFTEN; i++) {
      const {data} = await api.ask('{ __proto__: __typename constructor: __typename }')
      expect(Object.entries(data ?? {})).toEqual([
        ['__proto__', 'Query'],
        ['constructor', 'Query'],
      ])
    }
    const nested = Array.from(
      {length: 9},
      (_, i) =>
        `fragment f${i} on Query { a: __typename ${i < 8 ? `...f${i + 1} ...g${i + 1}` : ''} } fragment g${i} on Query { b: __typename ${i < 8 ? `...f${i + 1} ...g${i + 1}` : ''} }`,
    )
    const document = parse(`{ ...f0 ...g0 } ${nested.join(' ')}`)
    const operation = getOperationAST(document)
    expect(operation && isCompilable(document, operation)).toBe(false)
  })
})

/** The same connection; what it is asked is told of. */
function watching(client: PoolClient, tell: (text: string) => void): PoolClient {
  const query = (...asked: unknown[]) => {
    tell(String((asked[0] as {text?: string}).text ?? asked[0]))
    return (client.query as (...given: unknown[]) => unknown)(...asked)
  }
  return Object.create(client, {query: {value: query}}) as PoolClient
}
