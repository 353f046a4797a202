import {AbiCoder, ZeroAddress, ZeroHash} from 'ethers'
import {Pool} from 'pg'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {startApiServer} from '../../src/api/httpServer'
import {buildPipeline} from '../../src/chainPipeline'
import {selectChain} from '../../src/config/selectChain'
import {ERC6551_REGISTRY, tokenAccountAddress} from '../../src/domain/tokenAccount'
import {handleBlocks} from '../../src/pipeline/handler'
import {handlerOver} from '../support/apiUnderTest'
import {askerOf, readBlocks} from '../support/chainBlocks'
import {ANN, ARTIST, BEN, configOf, driveContracts, FEE, HEIR, PRICE, type World} from '../support/drivenContracts'
import {type EventChain, startEventChain} from '../support/eventChain'
import {post} from '../support/feedApi'
import {fillDatabase} from '../support/filledDatabase'
import {memoryStore} from '../support/memoryStore'
import {startPostgres, type TestPostgres} from '../support/postgres'

let postgres: TestPostgres
let chain: EventChain
let pool: Pool
let server: Awaited<ReturnType<typeof startApiServer>>
let world: World
const contract = (name: string) => world.contract(name)

beforeAll(async () => {
  ;[postgres, chain] = await Promise.all([startPostgres(), startEventChain()])
  const url = await postgres.createMigrated('real')
  world = await driveContracts(chain)
  const config = configOf(chain, world)
  const blocks = await readBlocks(chain, ANN)
  const store = memoryStore()
  await handleBlocks(blocks, {...buildPipeline(selectChain(config, undefined), config), ask: askerOf(chain)}, store, store.created)
  await fillDatabase(url, store.tables(), blocks.length - 1, blocks.length - 1)
  pool = new Pool({connectionString: url, max: 4})
  server = await startApiServer({api: handlerOver(pool), pool, host: '127.0.0.1', port: 0})
})
afterAll(async () => {
  await server?.close()
  await pool?.end()
  await Promise.all([postgres?.stop(), chain?.stop()])
})

// biome-ignore lint/suspicious/noExplicitAny: an answer has the shape of its query
async function ask(query: string): Promise<any> {
  const {data, errors} = await post(`http://127.0.0.1:${server.port}/graphql`, query)
  expect(errors).toBeUndefined()
  return data
}
const assetId = (name: string, token: number) => `eip155:${chain.chainId}/erc721:${contract(name).address}/${token}`
const tokensOf = async (name: string) =>
  (
    await ask(`{ transfers(where: {collection: {eq: "${contract(name).address}"}}, orderBy: [ID_ASC], first: 50) {
    nodes { asset { tokenId } from { address } to { address } } } }`)
  ).transfers.nodes.map(({asset, from, to}: {asset: {tokenId: string}; from: {address: string}; to: {address: string}}) => [
    Number(asset.tokenId),
    ...[from, to].map(({address}) => ({[ZeroAddress]: '0', [ANN]: 'ann', [BEN]: 'ben'})[address] ?? address),
  ])

test('no log of them could not be read [INV-2]', async () => {
  expect((await pool.query('SELECT * FROM decode_failure')).rows).toEqual([])
})

test('Seaport: one sale, whose parts add up to its price [INV-6]', async () => {
  const {sales} = await ask(
    `{ sales(where: {asset: {eq: "${assetId('art', 1)}"}}) { nodes { seller { address } buyer { address } price payments { recipient { address } amount } } } }`,
  )
  expect(sales.nodes).toEqual([
    {
      seller: {address: ANN},
      buyer: {address: BEN},
      price: String(PRICE),
      payments: expect.arrayContaining([
        {recipient: {address: ANN}, amount: String(PRICE - FEE)},
        {recipient: {address: ARTIST}, amount: String(FEE)},
      ]),
    },
  ])
  expect(await tokensOf('art')).toEqual([
    [1, '0', 'ann'],
    [1, 'ann', 'ben'],
  ])
})

test('Seaport: an order that one match fills twice is two sales, as tokens moved', async () => {
  const {sales, transfers} = await ask(`{
    sales(where: {collection: {eq: "${contract('works').address}"}}, orderBy: [ID_ASC], first: 2) { totalCount nodes {
      kind price seller { address } buyer { address } items { asset { tokenId } } orders { logIndex } } }
    transfers(where: {collection: {eq: "${contract('works').address}"}, to: {eq: "${BEN}"}}) { totalCount } }`)
  const sale = {kind: 'PRICED', price: String(PRICE), buyer: {address: BEN}}
  expect(sales.nodes).toEqual([
    {...sale, seller: {address: ANN}, items: [{asset: {tokenId: '7'}}], orders: [{logIndex: 0}, {logIndex: 1}]},
    {...sale, seller: {address: ARTIST}, items: [{asset: {tokenId: '9'}}], orders: [{logIndex: 2}, {logIndex: 3}]},
  ])
  expect(sales.totalCount).toBe(transfers.totalCount)
})

test('Seaport: what a match leaves unspent went to whom the match names, and the seller got what he asked for [INV-6]', async () => {
  const {sales} = await ask(`{ sales(where: {asset: {eq: "${assetId('works', 11)}"}}) { nodes {
    kind price seller { address } buyer { address } payments { recipient { address } amount kind } } } }`)
  const paid = (address: string, fifths: bigint, kind: string) => ({recipient: {address}, amount: String((PRICE * fifths) / 5n), kind})
  const sold = {kind: 'PRICED', price: String(PRICE), seller: {address: ANN}, buyer: {address: BEN}}
  expect(sales.nodes).toEqual([{...sold, payments: [paid(ANN, 4n, 'SELLER'), paid(HEIR, 1n, 'UNCLASSIFIED')]}])
})

describe('ERC-2981: what the contract of a sold token said was due, asked at the block of the sale and before it', () => {
  const dueOf = async (name: string, token: number) => {
    const {sales} = await ask(`{ sales(where: {asset: {eq: "${assetId(name, token)}"}}) { nodes {
      payments { recipient { address } amount kind knownBy }
      royaltiesDue { asset { tokenId } status source basis recipient { address } amount recipientBefore { address } amountBefore paid } } } }`)
    expect(sales.nodes).toHaveLength(1)
    return sales.nodes[0]
  }
  const due = (tokenId: number, share: bigint) => ({
    ...{asset: {tokenId: String(tokenId)}, status: 'DUE', source: 'call', recipientBefore: null, amountBefore: null},
    ...{basis: String(PRICE / share), recipient: {address: HEIR}, amount: String(PRICE / 10n / share), paid: String(FEE / share)},
  })
  const nothing = {basis: String(PRICE), recipient: null, amount: null, recipientBefore: null, amountBefore: null, paid: null}

  test('a tenth was due, half of it was paid, and what was paid is a royalty by these terms', async () => {
    const {payments, royaltiesDue} = await dueOf('fickle', 1)
    expect(royaltiesDue).toEqual([due(1, 1n)])
    expect(payments).toContainEqual({recipient: {address: HEIR}, amount: String(FEE), kind: 'ROYALTY', knownBy: 'TERMS'})
    const {royaltyPayments} = await ask(`{ royaltyPayments(where: {recipient: {eq: "${HEIR}"}}, orderBy: [ID_ASC]) {
      nodes { asset { tokenId } amount isEstimate } } }`)
    const half = {amount: String(FEE / 2n), isEstimate: true}
    expect(royaltyPayments.nodes).toEqual([
      {asset: {tokenId: '1'}, amount: String(FEE), isEstimate: false},
      {asset: {tokenId: '2'}, ...half},
      {asset: {tokenId: '3'}, ...half},
    ])
  })
  test('two tokens for one price are asked about half of it each', async () => {
    expect((await dueOf('fickle', 2)).royaltiesDue).toEqual([due(2, 2n), due(3, 2n)])
  })
  test('case 15: terms that changed in the block of the sale are ambiguous; both are told, and no payment is a royalty by them', async () => {
    const {payments, royaltiesDue} = await dueOf('fickle', 4)
    expect(royaltiesDue).toEqual([
      {
        ...{asset: {tokenId: '4'}, status: 'AMBIGUOUS', source: 'ambiguous', basis: String(PRICE), paid: '0'},
        ...{recipient: {address: BEN}, amount: String(PRICE / 50n)},
        ...{recipientBefore: {address: HEIR}, amountBefore: String(PRICE / 10n)},
      },
    ])
    expect(payments).toContainEqual({recipient: {address: HEIR}, amount: String(FEE), kind: 'UNCLASSIFIED', knownBy: null})
  })
  test.each([
    ['art', 1, {status: 'NONE', source: 'none: reverted'}],
    ['fickle', 100, {status: 'NONE', source: 'none: reverted'}],
    ['fickle', 300, {status: 'NONE', source: 'none: malformed'}],
  ])('%s %i: a contract that refuses, or answers what is no answer, asks for nothing [INV-8]', async (name, token, told) => {
    expect((await dueOf(name, token)).royaltiesDue).toEqual([{asset: {tokenId: String(token)}, ...nothing, ...told}])
  })
  test('more than the price is kept, and is no terms [INV-8]', async () => {
    const [said] = (await dueOf('fickle', 200)).royaltiesDue
    expect(said).toMatchObject({status: 'INVALID', amount: String(PRICE * 2n), recipient: {address: contract('fickle').address}, paid: '0'})
  })
})

test('ERC721A: its series by ERC-2309, then single mints and a burn [INV-3]', async () => {
  const mints = [0, 1, 2, 3, 4, 5, 6].map((token) => [token, '0', 'ann'])
  expect(await tokensOf('series')).toEqual([...mints, [3, 'ann', '0']])
  const owners = await Promise.all(
    [0, 3, 6].map(async (token) => (await ask(`{ asset(id: "${assetId('series', token)}") { owner { address } } }`)).asset),
  )
  expect(owners.map(({owner}) => owner?.address ?? 'burned')).toEqual([ANN, 'burned', ANN])
})

test('ERC721A’s rentals by ERC-4907: the last user holds the token’s place to its last second, the one before does not', async () => {
  const check = async (account: string, at: number) =>
    (
      await ask(
        `{ licenseCheck(asset: "${assetId('series', 0)}", account: "${account}", at: "${new Date(at * 1000).toISOString()}") { permitted } }`,
      )
    ).licenseCheck.permitted
  expect([await check(BEN, 4_000_000_000), await check(BEN, 4_000_000_001), await check(ARTIST, 4_000_000_000)]).toEqual([
    true,
    false,
    false,
  ])
})

test('OpenZeppelin’s proxies and beacon, SolidState’s diamond: whose code it was', async () => {
  const {rows} = await pool.query('SELECT address, kind, implementation, beacon FROM contract_upgrade ORDER BY id')
  const told = (name: string) => rows.filter(({address}) => address === contract(name).address).map(({address: _, ...rest}) => rest)
  const [first, second] = [contract('first').address, contract('second').address]
  expect(told('beacon')).toMatchObject([
    {kind: 'upgraded', implementation: first},
    {kind: 'upgraded', implementation: second},
  ])
  expect(told('proxy')).toMatchObject([{kind: 'beaconChanged', beacon: contract('beacon').address}])
  expect(told('transparent').map(({kind}) => kind)).toEqual(['upgraded', 'adminChanged'])
  expect(told('diamond').length).toBeGreaterThan(0)
  const {asset} = await ask(
    `{ asset(id: "${assetId('proxy', 1)}") { codeAtMint { implementation { address } } collection { implementation { address } } } }`,
  )
  expect(asset).toEqual({codeAtMint: {implementation: {address: first}}, collection: {implementation: {address: second}}})
})

test('the ERC-6551 registry: the account is at the address that is derived here, and the token’s', async () => {
  const made = {
    ...{registry: ERC6551_REGISTRY, implementation: contract('first').address, salt: ZeroHash as never},
    ...{chainId: BigInt(chain.chainId), collection: contract('art').address, tokenId: 1n},
  }
  const {asset} = await ask(`{ asset(id: "${assetId('art', 1)}") { accounts { address } } }`)
  expect(asset.accounts).toEqual([{address: tokenAccountAddress(made)}])
})

describe('EAS', () => {
  const fields = 'nodes { uid subject { address } asset { tokenId } data dataSource expiry revocable revokedAt contentHash }'
  test('what is attested of a code, read from the registry at the block of the log', async () => {
    const {attestations} = await ask(`{ attestations(where: {subject: {eq: "${contract('second').address}"}}) { ${fields} } }`)
    expect(attestations.nodes).toEqual([
      {
        uid: world.uids[0],
        subject: {address: contract('second').address},
        asset: null,
        data: AbiCoder.defaultAbiCoder().encode(['string'], ['sound']),
        dataSource: 'call',
        expiry: '3999999999',
        revocable: true,
        revokedAt: null,
        contentHash: null,
      },
    ])
  })
  test('what is attested of a token, by a schema that the registry gave the uid derived here, and its revocation', async () => {
    const {asset} = await ask(`{ asset(id: "${assetId('art', 1)}") { attestations { ${fields} } } }`)
    expect(asset.attestations.nodes).toMatchObject([
      {
        uid: world.uids[1],
        asset: {tokenId: '1'},
        expiry: null,
        dataSource: 'call',
        contentHash: `0x${'7a'.repeat(32)}`,
        revokedAt: expect.any(String),
      },
    ])
  })
  test('the code that the proxy runs by now is audited, the one that its token was minted by is not', async () => {
    const audited = `audited(attesters: ["${ANN}"])`
    const {asset} = await ask(`{ asset(id: "${assetId('proxy', 1)}") { codeAtMint { ${audited} } collection { code { ${audited} } } } }`)
    expect(asset).toEqual({codeAtMint: {audited: false}, collection: {code: {audited: true}}})
  })
})

test('a factory’s contract is indexed from what its constructor logged, before the factory told of it; a stranger’s is not', async () => {
  expect(await tokensOf('edition')).toEqual([
    [1, '0', 'ben'],
    [2, '0', 'ben'],
    [3, '0', 'ben'],
    [4, '0', 'ann'],
  ])
  expect(await tokensOf('stranger')).toEqual([])
})
