import {expect, test} from 'vitest'
import {address} from '../../../test/support/givenEvents'
import {decodeBy, encodeLog} from '../../../test/support/givenLogs'
import {ZERO_ADDRESS} from '../../domain/hex'
import type {Answer} from '../../domain/question'
import {royaltyQuestions} from '../../domain/royaltyInfo'
import type {SaleSettled} from '../../domain/saleEvents'
import {paymentProcessor} from './paymentProcessor'

const [BUYER, SELLER, FRIEND, ART, COIN, MARKET] = [address(0xb), address(0x5), address(0xf), address(0xa7), address(0x70), address(0x3)]
const sold = {
  type: 'sale.settled',
  kind: 'priced',
  seller: SELLER,
  buyer: BUYER,
  price: 100n,
  currency: COIN,
  parts: null,
  orderRef: null,
  orders: [],
}
const item = {collection: ART, tokenId: 7n, namespace: 'erc721', amount: 1n, from: SELLER, to: BUYER}
const decode = (signature: string, values: readonly unknown[]) => decodeBy(paymentProcessor, encodeLog(signature, values))

const [BUY, ACCEPT] = [
  'address indexed buyer, address indexed seller, address indexed tokenAddress, address beneficiary, address paymentCoin, uint256 tokenId',
  'address indexed seller, address indexed buyer, address indexed tokenAddress, address beneficiary, address paymentCoin, uint256 tokenId',
]

test('version 2: a listing names the buyer first, an offer the seller; the token goes to the beneficiary', () => {
  expect(decode(`BuyListingERC721(${BUY}, uint256 salePrice)`, [BUYER, SELLER, ART, FRIEND, COIN, 7n, 100n])).toEqual([
    {...sold, items: [{...item, to: FRIEND}]},
  ])
  expect(decode(`AcceptOfferERC721(${ACCEPT}, uint256 salePrice)`, [SELLER, BUYER, ART, BUYER, COIN, 7n, 100n])).toEqual([
    {...sold, items: [item]},
  ])
  const many = {...item, namespace: 'erc1155', amount: 3n}
  expect(decode(`BuyListingERC1155(${BUY}, uint256 amount, uint256 salePrice)`, [BUYER, SELLER, ART, BUYER, COIN, 7n, 3n, 100n])).toEqual([
    {...sold, items: [many]},
  ])
  expect(
    decode(`AcceptOfferERC1155(${ACCEPT}, uint256 amount, uint256 salePrice)`, [SELLER, BUYER, ART, BUYER, COIN, 7n, 3n, 100n]),
  ).toEqual([{...sold, items: [many]}])
})

test('for nothing there is no price', () => {
  expect(decode(`BuyListingERC721(${BUY}, uint256 salePrice)`, [BUYER, SELLER, ART, BUYER, ZERO_ADDRESS, 7n, 0n])).toMatchObject([
    {kind: 'unpaid', price: null, currency: null},
  ])
})

const V1 = 'address indexed marketplace, address indexed tokenAddress, address indexed paymentCoin, address buyer'

test('version 1: one listing, whose kind of token is not told', () => {
  const signature = `BuySingleListing(${V1}, address seller, uint256 tokenId, uint256 amount, uint256 salePrice)`
  expect(decode(signature, [MARKET, ART, COIN, BUYER, SELLER, 7n, 1n, 100n])).toEqual([{...sold, items: [{...item, namespace: null}]}])
})

test('version 1: bundles and sweeps have a price for each token, and what was not filled is no sale', () => {
  const bundle = `BuyBundledListingERC721(${V1}, address seller, bool[] unsuccessfulFills, uint256[] tokenIds, uint256[] salePrices)`
  expect(decode(bundle, [MARKET, ART, COIN, BUYER, SELLER, [false, true, false], [7n, 8n, 9n], [100n, 1n, 50n]])).toEqual([
    {...sold, items: [item]},
    {...sold, price: 50n, items: [{...item, tokenId: 9n}]},
  ])
  const sweep = `SweepCollectionERC1155(${V1}, bool[] unsuccessfulFills, address[] sellers, uint256[] tokenIds, uint256[] amounts, uint256[] salePrices)`
  expect(decode(sweep, [MARKET, ART, COIN, BUYER, [true, false], [SELLER, FRIEND], [7n, 8n], [1n, 2n], [1n, 100n]])).toEqual([
    {...sold, seller: FRIEND, items: [{...item, namespace: 'erc1155', tokenId: 8n, amount: 2n, from: FRIEND}]},
  ])
  expect(decode(sweep, [MARKET, ART, COIN, BUYER, [true], [SELLER], [7n], [1n], [1n]])).toEqual([])
})

test('lists that differ in length are a failure', () => {
  const sweep = `SweepCollectionERC721(${V1}, bool[] unsuccessfulFills, address[] sellers, uint256[] tokenIds, uint256[] salePrices)`
  expect(() => decode(sweep, [MARKET, ART, COIN, BUYER, [false], [], [7n], [1n]])).toThrow('fewer sellers than tokens')
  expect(() => decode(sweep, [MARKET, ART, COIN, BUYER, [false], [SELLER], [7n], []])).toThrow('differ in length')
})

test('what is due is asked of each token that was sold for something, up to four of a sweep [INV-8]', () => {
  const sweep = `SweepCollectionERC721(${V1}, bool[] unsuccessfulFills, address[] sellers, uint256[] tokenIds, uint256[] salePrices)`
  const ids = [7n, 8n, 9n, 10n, 11n, 12n]
  const prices = [100n, 0n, 200n, 300n, 400n, 500n]
  const skipped = [false, false, true, false, false, false]
  const log = encodeLog(sweep, [MARKET, ART, COIN, BUYER, skipped, ids.map(() => SELLER), ids, prices])
  const layout = paymentProcessor.layouts.find(({topic0}) => topic0 === log.topics[0])
  const asked = (
    [
      [7n, 100n],
      [10n, 300n],
      [11n, 400n],
      [12n, 500n],
    ] as const
  ).flatMap(([id, price]) => royaltyQuestions([{collection: ART, tokenId: id}], price))
  expect([layout?.asksRoyalties, layout?.asks?.(log)]).toEqual([true, asked])
  const tenth = (price: bigint): Answer => ({
    ok: true,
    data: `0x${FRIEND.slice(2).padStart(64, '0')}${(price / 10n).toString(16).padStart(64, '0')}`,
  })
  const told = layout?.decode(
    log,
    [100n, 300n, 400n, 500n].flatMap((price) => [tenth(price), tenth(price)]),
  ) as readonly SaleSettled[]
  expect(told.map(({items, due}) => [items[0]?.tokenId, due?.map(({basis, due}) => [basis, due?.amount])])).toEqual([
    [7n, [[100n, 10n]]],
    [8n, undefined],
    [10n, [[300n, 30n]]],
    [11n, [[400n, 40n]]],
    [12n, [[500n, 50n]]],
  ])
})
