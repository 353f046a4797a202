import {AbiCoder, EventFragment, Interface, keccak256, toUtf8Bytes} from 'ethers'
import {describe, expect, test} from 'vitest'
import type {Address, Hash32, Hex} from '../domain/hex'
import type {Log} from '../domain/log'
import {buildConfiguredLayout} from './configuredStandard'
import type {EventMapping} from './eventMapping'

const EMITTER = `0x${'c0'.repeat(20)}` as Address
const SENDER = `0x${'5e'.repeat(20)}` as Address
const BUYER = `0x${'b0'.repeat(20)}` as Address

const logOf = (signature: string, values: readonly unknown[]): Log => {
  const {topics, data} = new Interface([`event ${signature}`]).encodeEventLog(EventFragment.from(`event ${signature}`), values)
  return {
    chainId: 1,
    blockNumber: 7,
    blockHash: `0x${'07'.repeat(32)}` as Hash32,
    timestamp: 1_700_000_000,
    transactionHash: `0x${'70'.repeat(32)}` as Hash32,
    transactionFrom: SENDER,
    logIndex: 3,
    address: EMITTER,
    topics: topics as Hex[],
    data: data as Hex,
  }
}

const layoutOf = (mapping: EventMapping) => {
  const result = buildConfiguredLayout(mapping)
  if (!result.ok) throw new Error(JSON.stringify(result.problems))
  return result.layout
}

const granted = (event: string, fields: EventMapping['fields'], values: readonly unknown[]) =>
  layoutOf({contracts: '*', event, as: 'license.granted', fields}).decode(logOf(event, values))[0]

describe('a LicenseGranted of its own shape becomes license.granted', () => {
  test('the example of the configuration file', () => {
    const event =
      'LicenseGranted(uint256 indexed licenseId, uint256 indexed tokenId, address indexed licensee, uint64 startsAt, uint64 endsAt, bytes32 termsHash, string uri)'
    const fields = {
      licenseId: 'licenseId',
      tokenId: 'tokenId',
      licensee: 'licensee',
      startTime: 'startsAt',
      expiry: 'endsAt',
      termsHash: 'termsHash',
      termsURI: 'uri',
    }
    const terms = `0x${'ab'.repeat(32)}`
    expect(granted(event, fields, [9n, 2n ** 255n, BUYER, 100n, 200n, terms, 'ipfs://terms'])).toEqual({
      type: 'license.granted',
      collection: EMITTER,
      tokenId: 2n ** 255n,
      licenseId: 9n,
      licensor: SENDER,
      licensee: BUYER,
      parentLicenseId: null,
      revoker: null,
      startTime: 100n,
      expiry: 200n,
      currency: `0x${'00'.repeat(20)}`,
      price: 0n,
      exclusivity: 0,
      sublicensable: false,
      transferable: null,
      termsHash: terms,
      termsURI: 'ipfs://terms',
    })
  })

  test('members of a struct by their path', () => {
    const event =
      'LicenseGranted(uint256 indexed licenseId, uint256 indexed tokenId, address indexed licensee, (uint64 end, string uri) terms)'
    const fields = {licenseId: 'licenseId', tokenId: 'tokenId', licensee: 'licensee', expiry: 'terms.end', termsURI: 'terms.uri'}
    expect(granted(event, fields, [1n, 2n, BUYER, [3n, 'x']])).toMatchObject({expiry: 3n, termsURI: 'x'})
  })
})

describe('other events and sources', () => {
  test('the pre-standard Transfer with 3 topics, of one contract only', () => {
    const event = 'Transfer(address indexed _from, address indexed _to, uint256 _tokenId)'
    const layout = layoutOf({contracts: [EMITTER], event, as: 'token.transferred', fields: {from: '_from', to: '_to', tokenId: '_tokenId'}})
    expect([layout.topicCount, layout.emitters]).toEqual([3, new Set([EMITTER])])
    expect(layout.decode(logOf(event, [SENDER, BUYER, 5n]))).toMatchObject([
      {type: 'token.transferred', tokenId: 5n, amount: 1n, namespace: 'erc721', operator: null},
    ])
  })

  test('an indexed struct or array of fixed size is told by its hash, too: no member of it can be mapped, and it stands in nobody’s way', () => {
    const work = 'Paid((uint256 id) indexed work, address to, uint256 amount)'
    const mapped = {contracts: '*', as: 'royalty.paid', fields: {tokenId: 'work.id', recipient: 'to', amount: 'amount'}} as const
    expect(buildConfiguredLayout({...mapped, event: work}).ok).toBe(false)
    const pair = 'Paid(uint256[2] indexed pair, address to, uint256 id, uint256 amount)'
    const layout = layoutOf({...mapped, event: pair, fields: {...mapped.fields, tokenId: 'id'}})
    const plain = logOf('Paid(address to, uint256 id, uint256 amount)', [BUYER, 7n, 5n])
    expect(layout.decode({...plain, topics: [layout.topic0, `0x${'ab'.repeat(32)}`]})).toMatchObject([{tokenId: 7n, amount: 5n}])
  })

  test('a prompt in clear and an indexed one both become its keccak256', () => {
    const event = 'Generated(uint256 indexed id, string prompt, bytes indexed output)'
    const layout = layoutOf({
      contracts: '*',
      event,
      as: 'generation.claimed',
      fields: {tokenId: 'id', promptHash: 'prompt', outputHash: 'output'},
    })
    expect(layout.decode(logOf(event, [1n, 'a cat', '0x1234']))).toMatchObject([
      {promptHash: keccak256(toUtf8Bytes('a cat')), outputHash: keccak256('0x1234'), proofHash: null},
    ])
  })

  test('[INV-8] truncated data and values out of range are refused, not guessed', () => {
    const event = 'Paid(uint256 indexed id, address to, uint256 kind, uint256 amount)'
    const layout = layoutOf({
      contracts: '*',
      event,
      as: 'royalty.paid',
      fields: {tokenId: 'id', recipient: 'to', kind: 'kind', amount: 'amount'},
    })
    const log = logOf(event, [1n, BUYER, 3n, 4n])
    expect(layout.decode(log)).toMatchObject([{kind: 3, amount: 4n, payer: SENDER}])
    expect(() => layout.decode({...log, data: log.data.slice(0, -2) as Hex})).toThrow()
    expect(() => layout.decode(logOf(event, [1n, BUYER, 2n ** 200n, 4n]))).toThrow(/out|number/)
    const dirty = AbiCoder.defaultAbiCoder().encode(['uint256', 'uint256', 'uint256'], [2n ** 200n, 1n, 1n]) as Hex
    expect(() => layout.decode({...log, data: dirty})).toThrow()
    expect(() => layout.decode({...log, transactionFrom: null})).toThrow(/sender/)
  })
})

test("a contract's own sale becomes sale.settled; without money it has no price", () => {
  const event = 'Sold(address indexed buyer, address indexed seller, uint256 amount, uint256 indexed tokenId)'
  const layout = layoutOf({
    contracts: '*',
    event,
    as: 'sale.settled',
    fields: {tokenId: 'tokenId', seller: 'seller', buyer: 'buyer', price: 'amount'},
  })
  const told = {
    type: 'sale.settled',
    seller: SENDER,
    buyer: BUYER,
    items: [{collection: EMITTER, tokenId: 7n, amount: 1n, namespace: null, from: SENDER, to: BUYER}],
    parts: null,
    orderRef: null,
    orders: [],
  }
  const zero = `0x${'0'.repeat(40)}`
  expect(layout.decode(logOf(event, [BUYER, SENDER, 5n, 7n]))).toEqual([{...told, kind: 'priced', price: 5n, currency: zero}])
  expect(layout.decode(logOf(event, [BUYER, SENDER, 0n, 7n]))).toEqual([{...told, kind: 'unpaid', price: null, currency: null}])
})
