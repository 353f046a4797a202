import {expect, it} from 'vitest'
import {address} from '../../../test/support/givenEvents'
import {decodeBy, EMITTER, encodeLog} from '../../../test/support/givenLogs'
import {MAX_UINT256} from '../../domain/uint256'
import {erc5554} from './erc5554'

const DERIVATIVE =
  'DerivativeCreated(uint256 _tokenId, uint256 _licenseId, uint256 _derivativeId, address _derivative, uint256 _derivativeTokenId)'
const REPRODUCTION = DERIVATIVE.replaceAll('erivative', 'eproduction').replace('Deproduction', 'Reproduction').replaceAll('_d', '_r')

it.each([
  [DERIVATIVE, 0],
  [REPRODUCTION, 1],
])('%s is one edge', (signature, relation) => {
  const edge = {
    type: 'derivative.registered',
    parent: {collection: EMITTER, tokenId: MAX_UINT256},
    child: {collection: address(0xc41d), tokenId: 9n},
    royaltyBps: 0,
    relation,
  }
  expect(decodeBy(erc5554, encodeLog(signature, [MAX_UINT256, 4, 1, address(0xc41d), 9]))).toEqual([{...edge, licenseId: 4n}])
  expect(decodeBy(erc5554, encodeLog(signature, [MAX_UINT256, 0, 1, address(0xc41d), 9]))).toEqual([{...edge, licenseId: null}])
})
