import type {ServerResponse} from 'node:http'
import {keccak256} from 'ethers'
import {describe, expect, test} from 'vitest'
import {eventKey} from '../../src/domain/ids'
import {createRefreshRequest} from '../../src/metadata/refresh/refreshRequest'
import {abiText, tokenIdOf} from '../support/contractNode'
import {startDocumentGateway} from '../support/documentGateway'
import {CHAIN} from '../support/filledDatabase'
import {insertRow} from '../support/givenRows'
import {collectionKey, tokenKey} from '../support/metadataChain'
import {until} from '../support/metadataWorker'
import {documentOf, useMetadataWorld} from '../support/metadataWorld'

const world = useMetadataWorld()

type Subject = Readonly<{
  id: string
  priority: number | null
  failure_kind: string | null
  read_block: number | null
  verdict: string | null
}>
const subject = async (id: string): Promise<Subject | undefined> =>
  (await world.pool.query<Subject>('SELECT * FROM metadata_subject WHERE id = $1', [id])).rows[0]
const names = async (id: string) =>
  (
    await world.pool.query<{name: string}>(
      `SELECT d.view->'name'->>'value' AS name FROM metadata_version v JOIN metadata_document d ON d.hash = v.document_hash
       WHERE v.subject_id = $1 ORDER BY v.id`,
      [id],
    )
  ).rows.map(({name}) => name)

describe('what is read', () => {
  test('every token of a new collection, and what its contract says of itself, at the block that is indexed', async () => {
    await world.chain.addCollection(40)
    world.contract = (asked) =>
      asked.data.startsWith('0xe8a3d485') ? abiText(documentOf('the collection')) : abiText(documentOf(`token ${tokenIdOf(asked)}`))
    world.startWorker()
    await until(world.readCount, (n) => n === 41)
    expect(await names(tokenKey(7))).toEqual(['token 7'])
    expect(await names(collectionKey())).toEqual(['the collection'])
    expect(await subject(tokenKey(40))).toMatchObject({priority: null, read_block: 1, verdict: 'verified', failure_kind: null})
    // Multicall: far fewer requests than the 41 tokens, and their mints, would take one by one.
    expect(world.node.requests()).toBeLessThan(41)
    expect(world.node.asked.every(({block}) => /^0xa0*1$/.test(block))).toBe(true)
  })

  test('a change of one token is read at once, and both documents stay', async () => {
    await world.chain.addCollection(1)
    world.startWorker()
    await until(world.readCount, (n) => n === 1)
    world.contract = () => abiText(documentOf('changed'))
    await world.chain.change(2, {from: 1})
    await world.chain.mineBlock(2)
    await until(
      () => names(tokenKey(1)),
      (list) => list.length === 2,
    )
    expect(await names(tokenKey(1))).toEqual(['token 1', 'changed'])
    const {rows} = await world.pool.query('SELECT kind, asset_id, payload FROM worker_event')
    expect(rows).toMatchObject([
      {
        kind: 'MetadataVersion',
        asset_id: tokenKey(1),
        payload: {type: 'MetadataVersion', changes: [{field: 'name', before: 'token 1', after: 'changed'}], blockNumber: 2},
      },
    ])
    expect(Number(rows[0].payload.version)).toBeGreaterThan(Number(rows[0].payload.previousVersion))
  })

  test('a URI that the event carries is used without a call, and {id} is filled in', async () => {
    const hex = (255).toString(16).padStart(64, '0')
    await world.chain.addCollection(0, {standard: 'erc1155' as never})
    await world.chain.change(1, {from: 255, uri: 'data:application/json,{"name":"{id}"}'})
    world.startWorker()
    await until(world.readCount, (n) => n === 1)
    expect(await names(tokenKey(255))).toEqual([hex])
    expect(world.node.asked.filter((asked) => asked.data.length > 10 && tokenIdOf(asked) === 255n)).toEqual([])
  })

  test('a hash that was committed on chain for the URI is held against the document', async () => {
    await world.chain.addCollection(2)
    const uri = documentOf('token 1')
    const commit = (block: number, tokenId: number, contentHash: string, to: string) =>
      insertRow(world.pool, 'MetadataCommit', {
        id: eventKey(CHAIN, 1, 50 + tokenId, 0),
        ...{blockNumber: block, collectionId: collectionKey(), assetId: tokenKey(tokenId), contentHash, uri: to},
      })
    await commit(1, 1, keccak256(Buffer.from('{"name":"token 1"}')), uri)
    await commit(1, 2, `0x${'11'.repeat(32)}`, documentOf('token 2'))
    world.startWorker()
    await until(world.readCount, (n) => n === 2)
    expect((await subject(tokenKey(1)))?.verdict).toBe('verified')
    expect((await subject(tokenKey(2)))?.verdict).toBe('mismatched')
  })

  test('a token that moves is read again where its contract never speaks of metadata, also when it moved while no worker ran', async () => {
    await world.chain.addCollection(2)
    const worker = world.startWorker()
    await until(world.readCount, (n) => n === 2)
    world.contract = () => abiText(documentOf('silently changed'))
    await world.chain.mineBlock(2)
    // Blocks are told of seconds after their time: a reading of before may be younger than the transfer.
    await world.chain.transfer(2, 1, {at: new Date(Date.now() - 60_000)})
    await until(
      () => names(tokenKey(1)),
      (list) => list.length === 2,
    )
    expect(await names(tokenKey(2))).toEqual(['token 2'])
    await worker.stop()
    await world.chain.transfer(3, 2, {at: new Date(Date.now() - 60_000)})
    await world.chain.mineBlock(3)
    await world.chain.finalize(3)
    world.startWorker()
    await until(
      () => names(tokenKey(2)),
      (list) => list.length === 2,
    )
  })
})

describe('work', () => {
  test('who asks while a document is read gets another reading after it, and a refresh is done after that one', async () => {
    await world.chain.addCollection(1)
    const web = await startHeldWeb()
    world.startWorker(PATIENT)
    await web.untilAsked()
    const asker = {client: 'test', idempotencyKey: 'mine'}
    const ask = () => createRefreshRequest(world.pool, asker, {kind: 'assets', assets: [tokenKey(1)]})
    await ask()
    web.release('{"name":"x"}')
    const done = await until(ask, (asked) => asked !== 'other' && asked.request.completedAt !== null)
    expect(done).toMatchObject({request: {read: 1, failed: 0}})
    expect(web.times()).toBe(2)
  })

  test('two workers share one queue and read everything once', async () => {
    await world.chain.addCollection(120)
    const workers = [world.startWorker(), world.startWorker()]
    await until(world.readCount, (n) => n === 120)
    await until(
      async () => Number((await world.pool.query('SELECT count(*) FROM metadata_subject WHERE priority IS NOT NULL')).rows[0].count),
      (n) => n <= 1,
    )
    expect(workers.map(({processed}) => processed.read).reduce((a, b) => a + b)).toBe(120)
    expect(workers.every(({processed}) => processed.read > 0)).toBe(true)
    expect((await world.pool.query('SELECT FROM metadata_version')).rowCount).toBe(120)
  })

  test('a worker that lost its lease stores nothing', async () => {
    await world.chain.addCollection(1)
    const web = await startHeldWeb()
    const late = world.startWorker(PATIENT)
    await web.untilAsked()
    await world.pool.query(`UPDATE metadata_subject SET lease = lease + 1, due_at = now() + interval '1 hour'`)
    web.release('{"name":"late"}')
    await until(
      async () => late.processed.read,
      (n) => n > 0,
    )
    expect(await names(tokenKey(1))).toEqual([])
  })
})

const PATIENT = {fetcher: {attemptTimeoutMs: 30_000, totalTimeoutMs: 60_000}}
/** A web server that keeps its answers until it is told what to say. */
async function startHeldWeb() {
  const held: ServerResponse[] = []
  let text: string | null = null
  const web = await startDocumentGateway((_, response) => {
    if (text === null) held.push(response)
    else response.end(text)
    return true
  })
  world.stopLater(web.stop)
  world.contract = (asked) => (asked.data.length > 10 ? abiText(`${web.url}/1.json`) : 'revert')
  return {
    untilAsked: () =>
      until(
        async () => held.length,
        (n) => n > 0,
      ),
    times: () => web.asked.length,
    release: (answer: string) => {
      text = answer
      for (const response of held) response.end(answer)
    },
  }
}
