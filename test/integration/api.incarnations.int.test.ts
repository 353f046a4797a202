import 'reflect-metadata'
import {createRequire} from 'node:module'
import {join} from 'node:path'
import fc from 'fast-check'
import {Pool} from 'pg'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {type Address, ZERO_ADDRESS} from '../../src/domain/hex'
import {migrate} from '../../src/store/migrate'
import {arbitraryLives} from '../support/arbitraryLives'
import {address, CHAIN, hash, inBlock, inTransaction} from '../support/givenEvents'
import {ART, claimed, invalidated, updated, verified} from '../support/givenGenerations'
import {givenGrant} from '../support/givenGrant'
import {startPostgres, type TestPostgres} from '../support/postgres'
import {createAsker, createState, storeHistory} from '../support/storedHistory'

/** Token 1 of ART: alive from block 1, burned in 5, minted anew in 7; what is told of each life is told in the block after its mint. */
const [ANN, BEN] = [address(0xa11), address(0xbe1)]
const moved = (from: Address, to: Address) =>
  ({type: 'token.transferred', namespace: 'erc721', collection: ART, tokenId: 1n, from, to, amount: 1n, operator: null}) as const
const [mint, burn] = [moved(ZERO_ADDRESS, ANN), moved(ANN, ZERO_ADDRESS)]
const granted = givenGrant({collection: ART, licensee: BEN})
const FIRST_LIFE = [...inBlock(1, mint), ...inBlock(2, claimed(), verified(), granted), ...inBlock(5, burn)]

type Migration = Readonly<Record<'up' | 'down', (db: Pool) => Promise<void>>>
const Incarnation = createRequire(__filename)(join(__dirname, '../../db/migrations/1797200000000-Incarnation.js')) as new () => Migration

let postgres: TestPostgres
let pool: Pool
let ask: ReturnType<typeof createAsker>['ask']
beforeAll(async () => {
  postgres = await startPostgres()
  const url = await postgres.createDatabase('incarnations')
  await migrate(url)
  pool = new Pool({connectionString: url, max: 4})
  await createState(pool)
  ask = createAsker(pool).ask
})
afterAll(async () => {
  await pool.end()
  await postgres.stop()
})

const ID = `"eip155:${CHAIN}/erc721:${ART}/1"`
const PRESENT = `{ asset(id: ${ID}) { licenses { totalCount nodes { licenseId } } generations { nodes { status } } generation { status } }
  licenseCheck(asset: ${ID}, account: "${BEN}") { permitted reason } }`
const OF_THE_FIRST = {
  asset: {
    licenses: {totalCount: 1, nodes: [{licenseId: '7'}]},
    generations: {nodes: [{status: 'VERIFIED'}]},
    generation: {status: 'VERIFIED'},
  },
  licenseCheck: {permitted: true, reason: 'PERMITTED'},
}
const NOTHING = {
  asset: {licenses: {totalCount: 0, nodes: []}, generations: {nodes: []}, generation: null},
  licenseCheck: {permitted: false, reason: 'NO_LICENSE'},
}

test('a licence and a proof of an earlier life are none of the present one, and are of their own as of any block of it', async () => {
  await storeHistory(pool, [...FIRST_LIFE, ...inBlock(7, mint)], 9)
  expect(await ask(PRESENT, null)).toEqual(NOTHING)
  for (const block of [7, 8]) expect(await ask(PRESENT, block)).toEqual(NOTHING)
  // Burned, it still is the life that they are of.
  for (const block of [2, 4, 5, 6]) expect(await ask(PRESENT, block)).toEqual(OF_THE_FIRST)
})

test('the same claim in the next life is not proven by the proof of the life before', async () => {
  await storeHistory(pool, [...FIRST_LIFE, ...inBlock(7, mint), ...inBlock(8, claimed())], 9)
  expect(await ask(PRESENT, null)).toMatchObject({asset: {generations: {nodes: [{status: 'CLAIMED'}]}, generation: {status: 'CLAIMED'}}})
  expect(await ask(PRESENT, 6)).toEqual(OF_THE_FIRST)
})

test('a licence number that a contract gives again in the next life is a licence of that life', async () => {
  const again = givenGrant({collection: ART, licensee: ANN})
  await storeHistory(pool, [...FIRST_LIFE, ...inBlock(7, mint), ...inBlock(8, again)], 9)
  expect(await ask(`{ licenseCheck(asset: ${ID}, account: "${ANN}") { reason } }`, null)).toEqual({licenseCheck: {reason: 'PERMITTED'}})
  expect(await ask(PRESENT, null)).toMatchObject({licenseCheck: {reason: 'NO_LICENSE'}})
})

test('what the transaction of a mint logs before it is of the life that begins', async () => {
  const proof = {outputHash: hash(0x05), proofHash: hash(0xee)}
  const anew = inTransaction(7, claimed(proof), verified(proof), givenGrant({collection: ART, licensee: BEN, licenseId: 8n}), mint)
  await storeHistory(pool, [...FIRST_LIFE, ...anew], 9)
  expect(await ask(PRESENT, null)).toEqual({
    ...OF_THE_FIRST,
    asset: {...OF_THE_FIRST.asset, licenses: {totalCount: 1, nodes: [{licenseId: '8'}]}},
  })
})

test('history keeps the licences and proofs of every life, and tells which one each is of', async () => {
  const next = [...inBlock(7, mint), ...inBlock(8, claimed(), givenGrant({collection: ART, licensee: ANN}))]
  await storeHistory(pool, [...FIRST_LIFE, ...next], 9)
  const number = `eip155:${CHAIN}:${ART}/7`
  const asked = `{
    licenses(where: {asset: {eq: ${ID}}}, orderBy: [GRANTED_AT_ASC]) { nodes { id licenseId incarnation assetBurned active } }
    ofTheFirst: licenses(where: {asset: {eq: ${ID}}, incarnation: {eq: 1}}) { nodes { id } }
    license(id: "${number}/2") { id parentId }
    generations(where: {asset: {eq: ${ID}}}, orderBy: [UPDATED_AT_ASC]) { nodes { incarnation status current } }
    current: generations(where: {asset: {eq: ${ID}}, current: {eq: true}}) { nodes { incarnation } }
    provenance(asset: ${ID}, kinds: [LICENSE, GENERATION]) { nodes { ... on LicenseEvent { life: incarnation licenseId } ... on GenerationEvent { incarnation } } } }`
  expect(await ask(asked, null)).toEqual({
    licenses: {
      nodes: [
        {id: number, licenseId: '7', incarnation: 1, assetBurned: true, active: true},
        {id: `${number}/2`, licenseId: '7', incarnation: 2, assetBurned: false, active: true},
      ],
    },
    ofTheFirst: {nodes: [{id: number}]},
    license: {id: `${number}/2`, parentId: null},
    generations: {
      nodes: [
        {incarnation: 1, status: 'VERIFIED', current: false},
        {incarnation: 2, status: 'CLAIMED', current: true},
      ],
    },
    current: {nodes: [{incarnation: 2}]},
    provenance: {
      nodes: [{incarnation: 1}, {incarnation: 1}, {life: 1, licenseId: number}, {incarnation: 2}, {life: 2, licenseId: `${number}/2`}],
    },
  })
})

test('an Update of the next life leaves the record of the life before as it was, also as of a block [INV-9]', async () => {
  const history = [...inBlock(1, mint), ...inBlock(2, claimed()), ...inBlock(3, burn), ...inBlock(4, mint), ...inBlock(5, updated())]
  const asked = `{ generations(where: {asset: {eq: ${ID}}}, orderBy: [UPDATED_AT_ASC]) { nodes { incarnation status updatedAt } } }`
  await storeHistory(pool, history, 6)
  const before = await ask(asked, null)
  expect(before).toMatchObject({generations: {nodes: [{incarnation: 1}, {incarnation: 2}]}})
  await storeHistory(pool, [...history, ...inBlock(7, invalidated())], 8)
  expect(await ask(asked, 6)).toEqual(before)
})

test('a burn revokes nothing: the licence still permits, and says that its asset is burned', async () => {
  await storeHistory(pool, FIRST_LIFE, 9)
  const asked = `{ licenseCheck(asset: ${ID}, account: "${BEN}") { permitted assetBurned license { assetBurned } } }`
  expect(await ask(asked, null)).toEqual({licenseCheck: {permitted: true, assetBurned: true, license: {assetBurned: true}}})
  expect(await ask(asked, 4)).toEqual({licenseCheck: {permitted: true, assetBurned: false, license: {assetBurned: false}}})
})

test('who owns the next life holds no licence that the life before held itself, and is offered none of its terms', async () => {
  const root = givenGrant({collection: ART, licensee: ANN, heldBy: {collection: ART, tokenId: 1n}})
  const terms = {template: ART, termsId: 3n}
  const registered = {type: 'licenseTerms.registered', ...terms, termsHash: hash(3), termsURI: null, currency: null, price: null} as const
  const said = {royaltyBps: null, duration: null, transferable: null, commercialUse: null, derivativesAllowed: null}
  const attached = {type: 'licenseTerms.attached', collection: ART, tokenId: 1n, ...terms} as const
  const first = [...inBlock(1, mint), ...inBlock(2, root, [{...registered, ...said}, {emitter: ART}], attached), ...inBlock(5, burn)]
  await storeHistory(pool, [...first, ...inBlock(7, moved(ZERO_ADDRESS, BEN))], 9)
  const asked = `{ ben: account(address: "${BEN}") { licenses { totalCount } } ann: account(address: "${ANN}") { licenses { totalCount } }
    license(id: "eip155:${CHAIN}:${ART}/7") { licensee { address } } asset(id: ${ID}) { licenseTerms { totalCount } } }`
  expect(await ask(asked, null)).toMatchObject({
    ben: {licenses: {totalCount: 0}},
    license: {licensee: {address: ANN}},
    asset: {licenseTerms: {totalCount: 0}},
  })
  expect(await ask(asked, 4)).toMatchObject({ann: {licenses: {totalCount: 1}}, asset: {licenseTerms: {totalCount: 1}}})
})

test('rows of before are told their lives by the migration as the pipeline tells them', async () => {
  const tables = ['license', 'license_event', 'generation', 'generation_event', 'generation_head', 'generation_proof']
  const read = async () => {
    const rows = []
    for (const table of tables) rows.push((await pool.query(`SELECT id, incarnation FROM ${table} ORDER BY id`)).rows)
    return rows
  }
  const migration = new Incarnation()
  await fc.assert(
    fc.asyncProperty(arbitraryLives, async (blocks) => {
      await storeHistory(pool, blocks.flat(), blocks.length + 1)
      const told = await read()
      await migration.down(pool)
      await migration.up(pool)
      expect(await read()).toEqual(told)
    }),
    {numRuns: 40, seed: 6},
  )
}, 120_000)
