import {parseEther} from 'ethers'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {answerLogs, logsOfRecordedBlock} from '../support/answeredLogs'
import {CHAIN} from '../support/filledDatabase'
import {LOST_ROBBIES, LOST_ROBBIES_YAML, lostRobbiesLogs, reportedSales, tokenIdOf} from '../support/lostRobbies'
import {startPostgres} from '../support/postgres'

let postgres: Awaited<ReturnType<typeof startPostgres>>
beforeAll(async () => {
  postgres = await startPostgres()
})
afterAll(() => postgres.stop())

const SALES = `{sales(first: 50, orderBy: [ID_ASC]) {totalCount nodes {
  logIndex kind authority standard price currency {address} seller {address} buyer {address} itemCount paymentsKnown
  items {asset {id} amount from {address} to {address}}
  payments {recipient {address} amount kind knownBy}
  orders {orderRef logIndex}
}}}`

type Payment = Readonly<{recipient: {address: string}; amount: string; kind: string; knownBy: string | null}>
type Sale = Readonly<{logIndex: number; kind: string; price: string; payments: readonly Payment[]; orders: readonly {logIndex: number}[]}>

const OPENSEA = '0x0000a26b00c1f0df003000390027140000faa719'

describe('sales of real blocks', () => {
  // Prices as the orders of the block sum up by hand, in wei.
  test.each([
    [
      '15600000',
      [250_000_000_000_000_000n, 238_900_000_000_000_000n, 90_000_000_000_000_000n, 17_400_000_000_000_000n, 130_000_000_000_000_000n],
    ],
    ['16791900', [22_000_000_000_000_000n, 24_000_000_000_000_000n, 397_000_000_000_000_000n, 50_000_000_000_000_000n]],
    ['17173049', [370_000_000_000_000_000n]],
    ['17510000', [200_000_000_000_000_000n, 10_400_000_000_000_000n, 36_100_000_000_000_000n]],
    ['22434160', [11_900_000_000_000_000n, 10_200_000_000_000_000n]],
  ])('block %s: the parts of every Seaport order add up to its price [INV-6]', async (block, prices) => {
    const {answer, close} = await answerLogs(postgres, `block_${block}`, logsOfRecordedBlock(`ethereum/${block}`))
    const {sales} = await answer(SALES)
    const nodes = sales.nodes as readonly Sale[]
    expect(nodes.map(({kind, price}) => [kind, price])).toEqual(prices.map((price) => ['PRICED', String(price)]))
    expect(nodes.map(({payments}) => payments.reduce((sum, {amount}) => sum + BigInt(amount), 0n))).toEqual(prices)
    for (const {payments} of nodes) {
      expect(payments.filter(({kind}) => kind === 'SELLER')).toHaveLength(1)
      for (const {recipient, kind} of payments) expect(kind === 'MARKETPLACE').toBe(recipient.address === OPENSEA)
    }
    await close()
  })

  test('17510000: a bid and its mirror order are one sale, by both of whose logs it is told', async () => {
    const {answer, close} = await answerLogs(postgres, 'matched', logsOfRecordedBlock('ethereum/17510000'))
    const asset = `eip155:${CHAIN}/erc721:0x283c0bba69ebd4643cfce761b34b0206e75b2091/9861`
    const {asset: traded} = await answer(
      `query ($id: AssetId!) {asset(id: $id) {owner {address} sales {totalCount nodes {
         price currency {address} seller {address} buyer {address} transactionHash orders {logIndex maker {address}}
         payments {recipient {address} amount kind knownBy}}}
         provenance(kinds: [SALE, TRANSFER]) {nodes {__typename}}}}`,
      {id: asset},
    )
    const [bidder, seller] = ['0x40c5b344f46f0dbdf0bfe2566bba6294de44520b', '0x365f82fd23963de15ccdbbe7cde2820d85f71248']
    expect(traded.sales.totalCount).toBe(1)
    expect(traded.sales.nodes[0]).toEqual({
      price: '36100000000000000',
      currency: {address: '0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2'},
      seller: {address: seller},
      buyer: {address: bidder},
      transactionHash: expect.stringMatching(/^0x03efcacb/),
      orders: [
        {logIndex: 103, maker: {address: bidder}},
        {logIndex: 104, maker: {address: seller}},
      ],
      payments: [
        {recipient: {address: OPENSEA}, amount: '902500000000000', kind: 'MARKETPLACE', knownBy: 'PROTOCOL'},
        {
          recipient: {address: '0xc92dfaf17b5f79149668a638f137d7090ca740ae'},
          amount: '1805000000000000',
          kind: 'UNCLASSIFIED',
          knownBy: null,
        },
        {recipient: {address: seller}, amount: '33392500000000000', kind: 'SELLER', knownBy: 'ORDER'},
      ],
    })
    expect(traded.owner.address).toBe(bidder)
    expect(traded.provenance.nodes.map(({__typename}: {__typename: string}) => __typename).sort()).toEqual(['Sale', 'Transfer'])
    await close()
  })

  test("a recipient that the operator calls a creator was paid a royalty, and the account's payments say of which sale", async () => {
    const creator = '0xc92dfaf17b5f79149668a638f137d7090ca740ae'
    const yaml = `roles: {"${creator}": creator}\n`
    const {answer, close} = await answerLogs(postgres, 'roles', logsOfRecordedBlock('ethereum/17510000'), yaml)
    const {royaltyPayments, sales} = await answer(`{
      royaltyPayments(where: {recipient: {eq: "${creator}"}}) {nodes {amount basis kind saleRef isEstimate asset {tokenId} payer {address} sale {price orderRef} role}}
      sales(where: {paidTo: {eq: "${creator}"}}) {nodes {payments {kind knownBy amount role}}}}`)
    expect(royaltyPayments.nodes).toEqual([
      {
        amount: '1805000000000000',
        basis: '36100000000000000',
        kind: 'SALE',
        saleRef: '0xa35be2e6d9c9af95eaeb7d39dc263d31ac3fb4f86f1d19dc7f95d16cbc9b31e0',
        isEstimate: false,
        asset: {tokenId: '9861'},
        payer: {address: '0x40c5b344f46f0dbdf0bfe2566bba6294de44520b'},
        role: 'CREATOR',
        sale: {price: '36100000000000000', orderRef: '0xa35be2e6d9c9af95eaeb7d39dc263d31ac3fb4f86f1d19dc7f95d16cbc9b31e0'},
      },
    ])
    expect(sales.nodes[0].payments).toContainEqual({kind: 'ROYALTY', knownBy: 'ROLES', amount: '1805000000000000', role: 'CREATOR'})
    await close()
  })

  test('the same orders by a contract that is not Seaport are in no answer that does not ask for them', async () => {
    const fork = logsOfRecordedBlock('ethereum/15600000').map((log) =>
      log.address.startsWith('0x00000000006c38') ? {...log, address: LOST_ROBBIES} : log,
    )
    const {answer, close} = await answerLogs(postgres, 'fork', fork)
    const {sales, all} = await answer('{sales {totalCount} all: sales(includeUnverified: true) {totalCount nodes {authority}}}')
    expect([sales.totalCount, all.totalCount, all.nodes[0].authority]).toEqual([0, 5, 'UNVERIFIED'])
    await close()
  })
})

describe('the Lost Robbies, 300 works on a contract with shapes of its own, by configuration', () => {
  let chain: Awaited<ReturnType<typeof answerLogs>>
  beforeAll(async () => {
    chain = await answerLogs(postgres, 'robbies', lostRobbiesLogs, LOST_ROBBIES_YAML)
  })
  afterAll(() => chain.close())

  test('300 mints, and each next transfer comes from the owner before [INV-3]', async () => {
    const transfers = (chain.tables.Transfer ?? []).toSorted((a, b) => (a.id < b.id ? -1 : 1))
    expect([transfers.length, transfers.filter(({from}) => /^0x0+$/.test(from)).length]).toEqual([600, 300])
    const owners = new Map<bigint, string>()
    for (const {tokenId, from, to} of transfers) {
      expect(from).toBe(owners.get(tokenId) ?? '0x0000000000000000000000000000000000000000')
      owners.set(tokenId, to)
    }
    const {collection} = await chain.answer(`{collection(id: "${LOST_ROBBIES}") {assetCount transferCount}}`)
    expect(collection).toEqual({assetCount: '300', transferCount: '600'})
    expect(chain.failures).toEqual([])
  })

  test("the 39 sales of its author's report, each with its price and time", async () => {
    const {collection} = await chain.answer(
      `{collection(id: "${LOST_ROBBIES}") {sales(first: 100) {totalCount nodes {price timestamp authority paymentsKnown items {asset {tokenId}}}}}}`,
    )
    type Node = Readonly<{price: string; timestamp: string; authority: string; items: readonly [{asset: {tokenId: string}}]}>
    const nodes = collection.sales.nodes as readonly Node[]
    const told = nodes.map(({price, timestamp, items: [{asset}]}) => `${asset.tokenId} ${price} ${Date.parse(timestamp) / 1000}`)
    const reported = reportedSales.map(({frame, eth, timestamp}) => `${tokenIdOf(frame)} ${parseEther(eth)} ${timestamp}`)
    expect(reported).toHaveLength(39)
    expect(told.toSorted()).toEqual(reported.toSorted())
    expect(new Set(nodes.map(({authority}) => authority))).toEqual(new Set(['SELF']))
  })
})
