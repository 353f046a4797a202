import {expect, it} from 'vitest'
import {address} from '../../../test/support/givenEvents'
import {decodeBy, EMITTER, encodeLog} from '../../../test/support/givenLogs'
import {erc5521} from './erc5521'

const NODE =
  'UpdateNode(uint256 indexed tokenId, address indexed owner, address[] _address_referringList, uint256[][] _tokenIds_referringList, address[] _address_referredList, uint256[][] _tokenIds_referredList)'
const decode = (values: readonly unknown[]) => decodeBy(erc5521, encodeLog(NODE, values))
const edge = (collection: string, tokenId: bigint) => ({
  type: 'derivative.registered',
  parent: {collection, tokenId},
  child: {collection: EMITTER, tokenId: 5n},
  licenseId: null,
  royaltyBps: 0,
  relation: 0,
})

it('each token that is referred to is a parent, of its own contract or another, in the order of the log', () => {
  expect(decode([5, address(1), [EMITTER, address(0xa)], [[1, 2], [9]], [], []])).toEqual([
    edge(EMITTER, 1n),
    edge(EMITTER, 2n),
    edge(address(0xa), 9n),
  ])
})

it('what anyone can write, `referred`, makes no edge', () => {
  expect(decode([5, address(1), [], [], [EMITTER], [[6, 7]]])).toEqual([])
})

it('refuses lists that do not fit each other', () => {
  expect(() => decode([5, address(1), [EMITTER, address(0xa)], [[1]], [], []])).toThrow(expect.objectContaining({reason: 'malformed'}))
})
