import {expect, it} from 'vitest'
import {address} from '../../../test/support/givenEvents'
import {decodeBy, EMITTER, encodeLog} from '../../../test/support/givenLogs'
import {erc5006} from './erc5006'

it('a record of a user is a licence, its deletion the end of it', () => {
  const created = 'CreateUserRecord(uint256 recordId, uint256 tokenId, uint64 amount, address owner, address user, uint64 expiry)'
  expect(decodeBy(erc5006, encodeLog(created, [1, 42, 5, address(1), address(2), 1_800_000_000]))).toMatchObject([
    {
      type: 'license.granted',
      collection: EMITTER,
      tokenId: 42n,
      licenseId: 1n,
      licensor: address(1),
      licensee: address(2),
      revoker: 'licensor',
      startTime: 1_700_000_000n,
      expiry: 1_800_000_000n,
      price: null,
    },
  ])
  expect(decodeBy(erc5006, encodeLog('DeleteUserRecord(uint256 recordId)', [1]))).toEqual([
    {type: 'license.revoked', licenseId: 1n, revokedBy: null, effectiveAt: 1_700_000_000n, reason: null},
  ])
})
