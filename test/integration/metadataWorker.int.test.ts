import {Pool} from 'pg'
import {afterAll, afterEach, beforeAll, beforeEach, describe, expect, test} from 'vitest'
import {parseSubject, requestReading} from '../../src/metadata/queue/askFor'
import {migrate} from '../../src/store/migrate'
import {type Answer, type Asked, abiText, type ContractNode, startContractNode, tokenIdOf} from '../support/contractNode'
import {collectionKey, createMetadataChain, type MetadataChain, tokenKey} from '../support/metadataChain'
import {startMetadataWorker, until} from '../support/metadataWorker'
import {startPostgres, type TestPostgres} from '../support/postgres'

let postgres: TestPostgres
let url: string
let pool: Pool
let chain: MetadataChain
let node: ContractNode
let contract: (asked: Asked) => Answer
let count = 0
const stopping: (() => Promise<unknown>)[] = []

beforeAll(async () => {
  postgres = await startPostgres()
})
afterAll(() => postgres.stop())
beforeEach(async () => {
  url = await postgres.createDatabase(`worker${++count}`)
  await migrate(url)
  pool = new Pool({connectionString: url, max: 4})
  chain = await createMetadataChain(pool)
  contract = (asked) => (asked.data.startsWith('0xc87b56dd') ? abiText(documentOf(`token ${tokenIdOf(asked)}`)) : 'revert')
  node = await startContractNode((asked) => contract(asked))
  await chain.mineBlock(1)
  stopping.push(node.stop)
})
afterEach(async () => {
  for (const stop of stopping.splice(0).reverse()) await stop()
  await pool.end()
})

const documentOf = (name: string) => `data:application/json,${JSON.stringify({name})}`
function startWorker(options: Partial<Parameters<typeof startMetadataWorker>[0]> = {}) {
  const worker = startMetadataWorker({url, nodeUrl: node.url, ...options})
  stopping.push(worker.stop)
  return worker
}
type Subject = Readonly<{
  id: string
  priority: number | null
  failure_kind: string | null
  read_block: number | null
  verdict: string | null
}>
const subject = async (id: string): Promise<Subject | undefined> =>
  (await pool.query<Subject>('SELECT * FROM metadata_subject WHERE id = $1', [id])).rows[0]
const names = async (id: string) =>
  (
    await pool.query<{name: string}>(
      `SELECT d.view->'name'->>'value' AS name FROM metadata_version v JOIN metadata_document d ON d.hash = v.document_hash
       WHERE v.subject_id = $1 ORDER BY v.id`,
      [id],
    )
  ).rows.map(({name}) => name)
const readCount = async () => Number((await pool.query('SELECT count(*) FROM metadata_subject WHERE read_at IS NOT NULL')).rows[0].count)

describe('what is read', () => {
  test('every token of a new collection, and what its contract says of itself, at the block that is indexed', async () => {
    await chain.addCollection(40)
    contract = (asked) =>
      asked.data.startsWith('0xe8a3d485') ? abiText(documentOf('the collection')) : abiText(documentOf(`token ${tokenIdOf(asked)}`))
    startWorker()
    await until(readCount, (n) => n === 41)
    expect(await names(tokenKey(7))).toEqual(['token 7'])
    expect(await names(collectionKey())).toEqual(['the collection'])
    expect(await subject(tokenKey(40))).toMatchObject({priority: null, read_block: 1, verdict: 'verified', failure_kind: null})
    // Multicall: far fewer requests than the 41 tokens, and their mints, would take one by one.
    expect(node.asked.every(({block}) => /^0xa0*1$/.test(block))).toBe(true)
  })

  test('a change of one token is read at once, and both documents stay', async () => {
    await chain.addCollection(1)
    startWorker()
    await until(readCount, (n) => n === 1)
    contract = () => abiText(documentOf('changed'))
    await chain.mineBlock(2)
    await chain.change(2, {from: 1})
    await until(
      () => names(tokenKey(1)),
      (list) => list.length === 2,
    )
    expect(await names(tokenKey(1))).toEqual(['token 1', 'changed'])
  })

  test('a URI that the event carries is used without a call, and {id} is filled in', async () => {
    const hex = (255).toString(16).padStart(64, '0')
    await chain.addCollection(0, {standard: 'erc1155' as never})
    await chain.change(1, {from: 255, uri: 'data:application/json,{"name":"{id}"}'})
    startWorker()
    await until(readCount, (n) => n === 1)
    expect(await names(tokenKey(255))).toEqual([hex])
    expect(node.asked.filter((asked) => asked.data.length > 10 && tokenIdOf(asked) === 255n)).toEqual([])
  })

  test('a token that moves is read again where its contract never speaks of metadata', async () => {
    await chain.addCollection(2)
    startWorker()
    await until(readCount, (n) => n === 2)
    contract = () => abiText(documentOf('silently changed'))
    await chain.mineBlock(2, 'a', new Date(Date.now() + 1_000))
    await pool.query(`UPDATE metadata_subject SET tried_at = now() - interval '1 minute'`)
    await chain.transfer(2, 1)
    await until(
      () => names(tokenKey(1)),
      (list) => list.length === 2,
    )
    expect(await names(tokenKey(2))).toEqual(['token 2'])
  })

  test('reverts, megabytes and nonsense are reasons, and cost their neighbours nothing', async () => {
    await chain.addCollection(30)
    const huge = abiText(documentOf('x'.repeat(600_000)))
    contract = (asked) => {
      const tokenId = tokenIdOf(asked)
      if (tokenId === 3n) return 'revert'
      if (tokenId === 4n) return huge
      if (tokenId === 5n) return `0x${'ff'.repeat(100)}`
      return tokenId === 6n ? abiText('') : abiText(documentOf(`token ${tokenId}`))
    }
    startWorker()
    await until(readCount, (n) => n >= 26)
    await until(
      () => subject(tokenKey(6)),
      (s) => s?.failure_kind !== null,
    )
    const kinds = await Promise.all([3, 4, 5, 6].map(async (id) => (await subject(tokenKey(id)))?.failure_kind))
    expect(kinds).toEqual(['reverted', 'too_large', 'malformed', 'no_uri'])
    expect(await names(tokenKey(30))).toEqual(['token 30'])
  })
})

describe('work', () => {
  test('a node that is away costs a token nothing but time', async () => {
    await chain.addCollection(3)
    node.leave(true)
    const worker = startWorker()
    await until(
      async () => worker.troubles.length,
      (n) => n > 0,
    )
    expect((await subject(tokenKey(1)))?.failure_kind ?? null).toBeNull()
    node.leave(false)
    await until(readCount, (n) => n === 3)
  })

  test('who asks while a document is read gets another reading after it', async () => {
    await chain.addCollection(1)
    let slow = true
    const release: (() => void)[] = []
    const fetcher = {
      fetch: async () => {
        if (slow) await new Promise<void>((resolve) => release.push(resolve))
        return {
          ok: true,
          bytes: Buffer.from('{"name":"x"}'),
          mediaType: 'application/json',
          declaredMediaType: null,
          finalUrl: '',
          gateway: null,
          verdict: 'mutable',
          reason: '',
          attempts: [],
        } as const
      },
    }
    const worker = startWorker({worker: {fetcher}})
    await until(
      async () => release.length,
      (n) => n > 0,
    )
    await requestReading(pool, [parseSubject(tokenKey(1))])
    slow = false
    for (const resolve of release) resolve()
    await until(
      async () => worker.processed.read,
      (n) => n >= 2,
    )
  })

  test('two workers share one queue and read everything once', async () => {
    await chain.addCollection(300)
    const workers = [startWorker(), startWorker()]
    await until(readCount, (n) => n === 300)
    await until(
      async () => Number((await pool.query('SELECT count(*) FROM metadata_subject WHERE priority IS NOT NULL')).rows[0].count),
      (n) => n <= 1,
    )
    expect(workers.map(({processed}) => processed.read).reduce((a, b) => a + b)).toBe(300)
    expect(workers.every(({processed}) => processed.read > 0)).toBe(true)
    expect((await pool.query('SELECT FROM metadata_version')).rowCount).toBe(300)
  })

  test('a worker that lost its lease stores nothing', async () => {
    await chain.addCollection(1)
    const release: (() => void)[] = []
    const fetcher = {
      fetch: async () => {
        await new Promise<void>((resolve) => release.push(resolve))
        return {
          ok: true,
          bytes: Buffer.from('{"name":"late"}'),
          mediaType: 'application/json',
          declaredMediaType: null,
          finalUrl: '',
          gateway: null,
          verdict: 'mutable',
          reason: '',
          attempts: [],
        } as const
      },
    }
    const late = startWorker({worker: {fetcher}})
    await until(
      async () => release.length,
      (n) => n > 0,
    )
    await pool.query(`UPDATE metadata_subject SET lease = lease + 1, due_at = now() + interval '1 hour'`)
    for (const resolve of release) resolve()
    await until(
      async () => late.processed.read,
      (n) => n > 0,
    )
    expect(await names(tokenKey(1))).toEqual([])
  })
})
