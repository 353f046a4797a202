import {expect, it} from 'vitest'
import {address} from '../../../test/support/givenEvents'
import {decodeBy, EMITTER, encodeLog} from '../../../test/support/givenLogs'
import {ZERO_ADDRESS} from '../../domain/hex'
import {MAX_UINT256} from '../../domain/uint256'
import {erc4907} from './erc4907'

const decode = (values: readonly unknown[]) =>
  decodeBy(erc4907, encodeLog('UpdateUser(uint256 indexed tokenId, address indexed user, uint64 expires)', values, {logIndex: 3}))

it.each([0n, 1_800_000_000n, 2n ** 64n - 1n])('a user may use the token to the last second of %i', (expires) => {
  expect(decode([MAX_UINT256, address(1), expires])).toEqual([
    {
      type: 'license.granted',
      collection: EMITTER,
      tokenId: MAX_UINT256,
      licenseId: 100_000_003_000_000n,
      slot: `user ${MAX_UINT256}`,
      licensor: null,
      licensee: address(1),
      parentLicenseId: null,
      revoker: 'licensor',
      startTime: 1_700_000_000n,
      expiry: expires,
      currency: null,
      price: null,
      exclusivity: 255,
      sublicensable: false,
      transferable: false,
      termsHash: null,
      termsURI: null,
    },
  ])
})

it('no user takes the token from the one it had, whatever the expiry says', () => {
  const emptied = {type: 'license.revoked', licenseId: null, slot: 'user 7', revokedBy: null, effectiveAt: 1_700_000_000n, reason: null}
  expect(decode([7, ZERO_ADDRESS, 0])).toEqual([emptied])
  expect(decode([7, ZERO_ADDRESS, 1_800_000_000])).toEqual([emptied])
})
