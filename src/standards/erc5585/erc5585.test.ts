import {expect, it} from 'vitest'
import {address} from '../../../test/support/givenEvents'
import {decodeBy, EMITTER, encodeLog} from '../../../test/support/givenLogs'
import {ZERO_ADDRESS} from '../../domain/hex'
import {erc5585} from './erc5585'

const SIGNATURE = 'authorizeUser(uint256 indexed tokenId, address indexed user, string[] rights, uint256 expires)'
const decode = (values: readonly unknown[]) => decodeBy(erc5585, encodeLog(SIGNATURE, values, {logIndex: 2}))

it('rights are granted by name until a time, in the place of what the user had', () => {
  expect(decode([42, address(1), ['display', 'commercial'], 2n ** 200n])).toMatchObject([
    {
      type: 'license.granted',
      collection: EMITTER,
      tokenId: 42n,
      licenseId: 100_000_002_000_000n,
      slot: `user 42 ${address(1)}`,
      licensee: address(1),
      expiry: 2n ** 200n,
      rights: ['display', 'commercial'],
    },
  ])
})

it('until 0 is reset; nobody is nobody', () => {
  expect(decode([42, address(1), [], 0])).toMatchObject([{type: 'license.revoked', licenseId: null, slot: `user 42 ${address(1)}`}])
  expect(decode([42, ZERO_ADDRESS, ['display'], 5])).toEqual([])
})
