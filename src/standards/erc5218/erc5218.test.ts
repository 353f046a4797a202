import {expect, it} from 'vitest'
import {address} from '../../../test/support/givenEvents'
import {decodeBy, EMITTER, encodeLog} from '../../../test/support/givenLogs'
import {ZERO_ADDRESS} from '../../domain/hex'
import {erc5218} from './erc5218'

const CREATED =
  'CreateLicense(uint256 _licenseId, uint256 _tokenId, uint256 _parentLicenseId, address _licenseHolder, string _uri, address _revoker)'
const decode = (signature: string, values: readonly unknown[]) => decodeBy(erc5218, encodeLog(signature, values))
const granted = {
  type: 'license.granted',
  collection: EMITTER,
  tokenId: 42n,
  licensor: null,
  licensee: address(1),
  startTime: 1_700_000_000n,
  expiry: null,
  currency: null,
  price: null,
  exclusivity: 255,
  sublicensable: true,
  transferable: true,
  termsHash: null,
}

it('a root licence follows its token; 0 is no parent, the zero address no revoker, an empty URI none', () => {
  expect(decode(CREATED, [7, 42, 0, address(1), '', ZERO_ADDRESS])).toEqual([
    {...granted, licenseId: 7n, parentLicenseId: null, revoker: null, termsURI: null, heldBy: {collection: EMITTER, tokenId: 42n}},
  ])
})

it('a sublicence is held by who is named', () => {
  expect(decode(CREATED, [8, 42, 7, address(1), 'ipfs://terms', address(2)])).toEqual([
    {...granted, licenseId: 8n, parentLicenseId: 7n, revoker: address(2), termsURI: 'ipfs://terms'},
  ])
})

it('revocation and transfer name the licence alone', () => {
  expect(decode('RevokeLicense(uint256 _licenseId)', [7])).toEqual([
    {type: 'license.revoked', licenseId: 7n, revokedBy: null, effectiveAt: 1_700_000_000n, reason: null},
  ])
  expect(decode('TransferLicense(uint256 _licenseId, address _licenseHolder)', [7, address(9)])).toEqual([
    {type: 'license.transferred', licenseId: 7n, from: null, to: address(9)},
  ])
})
