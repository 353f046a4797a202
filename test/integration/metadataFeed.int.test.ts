import 'reflect-metadata'
import {Pool} from 'pg'
import {Webhook} from 'standardwebhooks'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {createKey} from '../../src/access/keyStore'
import {createSequencer} from '../../src/feed/createSequencer'
import {createSecretBox} from '../../src/feed/webhooks/webhookSecret'
import {assetId} from '../support/apiUnderTest'
import {abiText, startContractNode, tokenIdOf} from '../support/contractNode'
import {startFeedApi} from '../support/feedApi'
import {createMetadataChain, type MetadataChain, tokenKey} from '../support/metadataChain'
import {startMetadataWorker, until} from '../support/metadataWorker'
import {startPostgres} from '../support/postgres'
import {type Receiver, startReceiver} from '../support/webhookReceiver'
import {CREATE, startWebhookWorker} from '../support/webhookWorld'

const BOX = createSecretBox('test key')
const closing: (() => Promise<unknown>)[] = []
let chain: MetadataChain
let receiver: Receiver
let secret: string
let document: object = {name: 'As minted', model: 'aurora', attributes: [{trait_type: 'Hue', value: 7}]}
// biome-ignore lint/suspicious/noExplicitAny: an answer has the shape of its query
let ask: (query: string, variables?: object) => Promise<any>

/** Each process over one database: worker, feed, API, and an endpoint that wants to be told. */
beforeAll(async () => {
  const postgres = await startPostgres()
  closing.push(postgres.stop)
  const url = await postgres.createMigrated('told')
  const pool = new Pool({connectionString: url, max: 4})
  closing.push(() => pool.end())
  chain = await createMetadataChain(pool)
  await chain.mineBlock(1)
  await chain.addCollection(3)
  const node = await startContractNode((asked) =>
    asked.data.length > 10 ? abiText(`data:application/json,${JSON.stringify({...document, id: Number(tokenIdOf(asked))})}`) : 'revert',
  )
  closing.push(node.stop)
  const api = await startFeedApi(url, {webhooks: {box: BOX, allowPrivate: true}})
  closing.push(api.close)
  const key = await createKey(pool, {name: 'k', scopes: ['webhooks', 'refresh'], expiresAt: null})
  ask = async (query, variables = {}) => {
    const headers = {'content-type': 'application/json', 'x-api-key': key}
    const {data, errors} = await (await fetch(api.url, {method: 'POST', headers, body: JSON.stringify({query, variables})})).json()
    expect(errors).toBeUndefined()
    return data
  }
  receiver = await startReceiver()
  closing.push(receiver.close)
  secret = (await ask(CREATE, {input: {name: 'mine', url: receiver.url, kinds: ['OBSERVATION']}})).createWebhook.secret
  await startFeed(url)
  closing.push(startMetadataWorker({url, nodeUrl: node.url}).stop)
  await until(
    async () => (await pool.query('SELECT count(*)::int AS n FROM metadata_subject WHERE read_at IS NOT NULL')).rows[0].n,
    (n) => n >= 3,
  )
})
afterAll(async () => {
  for (const close of closing.reverse()) await close()
})

async function startFeed(url: string): Promise<void> {
  const feed = await createSequencer(url)
  let isOpen = true
  const running = (async () => {
    for (; isOpen; await new Promise((resolve) => setTimeout(resolve, 50))) await feed.run()
  })()
  const webhooks = startWebhookWorker(url, {box: BOX})
  closing.push(async () => {
    isOpen = false
    await running
    await webhooks.close()
    await feed.close()
  })
}

type Told = Readonly<{kind: string; position: string; finality: string | null; payload: Readonly<Record<string, unknown>>}>
const FEED = '{ changes(first: 100, kinds: [OBSERVATION]) { nodes { kind position finality payload } } }'
const toldOf = (type: string, list: readonly Told[]): Told | undefined => list.findLast(({payload}) => payload['type'] === type)
const onFeed = (type: string) =>
  until(
    async () => toldOf(type, (await ask(FEED)).changes.nodes),
    (told) => told !== undefined,
  )
/** Of what the endpoint was sent, each message verified by its signature. */
const byWebhook = (type: string) =>
  until(
    async () =>
      toldOf(
        type,
        receiver.received.flatMap(
          ({headers, body}) => (new Webhook(secret).verify(body, headers) as {data: {changes: readonly Told[]}}).data.changes,
        ),
      ),
    (told) => told !== undefined,
  )

test('first readings are told nobody; another document is told on the feed and by webhook, with both versions and each field that differs', async () => {
  expect((await ask(FEED)).changes.nodes).toEqual([])
  document = {name: 'Renamed', model: 'aurora', attributes: [{trait_type: 'Hue', value: 8}], seed: 42}
  await chain.change(2, {from: 2})
  await chain.mineBlock(2)
  const told = await onFeed('MetadataVersion')
  const {asset} = await ask(
    `{ asset(id: "${assetId(tokenKey(2))}") { metadataHistory { nodes { id documentHash blockNumber metadataUpdateId observedAt lastObservedAt } } } }`,
  )
  const [now, before] = asset.metadataHistory.nodes
  expect(told).toMatchObject({kind: 'OBSERVATION', finality: null})
  expect(told?.payload).toEqual({
    type: 'MetadataVersion',
    version: now.id,
    previousVersion: before.id,
    documentHash: now.documentHash,
    previousDocumentHash: before.documentHash,
    uri: expect.stringContaining('Renamed'),
    verdict: 'verified',
    blockNumber: 2,
    metadataUpdate: now.metadataUpdateId,
    changes: [
      {field: 'name', before: 'As minted', after: 'Renamed'},
      {field: 'attributes.Hue', before: '7', after: '8'},
      {field: 'seed', before: null, after: '42'},
    ],
  })
  expect((await byWebhook('MetadataVersion'))?.payload).toEqual(told?.payload)
  // The history says under which event, and from when to when, each was seen.
  expect([before.metadataUpdateId, now.metadataUpdateId]).toEqual([null, expect.stringContaining('0000000002')])
  expect(Date.parse(before.observedAt)).toBeLessThanOrEqual(Date.parse(before.lastObservedAt))
  expect(Date.parse(before.lastObservedAt)).toBeLessThanOrEqual(Date.parse(now.observedAt))
})

test('that a refresh is done is told on the feed and by webhook, with what was read and what was not', async () => {
  const {refreshMetadata} = await ask(
    `mutation { refreshMetadata(assets: ["${assetId(tokenKey(1))}", "${assetId(tokenKey(3))}"]) { id state estimatedSeconds } }`,
  )
  expect(refreshMetadata).toMatchObject({state: 'PENDING', estimatedSeconds: expect.any(Number)})
  const told = await onFeed('MetadataRefresh')
  expect(told?.payload).toEqual({
    type: 'MetadataRefresh',
    request: refreshMetadata.id,
    assets: [tokenKey(1), tokenKey(3)],
    fromTokenId: null,
    toTokenId: null,
    read: 2,
    failed: 0,
  })
  expect((await byWebhook('MetadataRefresh'))?.payload).toEqual(told?.payload)
})

test('who follows one asset is told of it, and of no other', async () => {
  const toldAbout = async (key: string): Promise<readonly unknown[]> =>
    (await ask(`{ changes(first: 100, kinds: [OBSERVATION], assets: ["${assetId(key)}"]) { nodes { payload } } }`)).changes.nodes.map(
      ({payload}: Told) => payload['type'],
    )
  expect(await toldAbout(tokenKey(2))).toEqual(['MetadataVersion'])
  expect(await toldAbout(tokenKey(2, `0x${'11'.repeat(20)}`))).toEqual([])
})
