import {expect, it} from 'vitest'
import {address} from '../../../test/support/givenEvents'
import {decodeBy, encodeLog} from '../../../test/support/givenLogs'
import {ZERO_ADDRESS} from '../../domain/hex'
import {erc1967} from './erc1967'

it('ERC-1967 tells the new implementation, the new beacon, or who may upgrade', () => {
  const decode = (signature: string, values: readonly unknown[]) => decodeBy(erc1967, encodeLog(signature, values))
  expect(decode('Upgraded(address indexed implementation)', [address(9)])).toEqual([
    {type: 'contract.upgraded', implementation: address(9)},
  ])
  expect(decode('BeaconUpgraded(address indexed beacon)', [address(8)])).toEqual([
    {type: 'contract.upgraded', implementation: null, beacon: address(8)},
  ])
  expect(decode('AdminChanged(address previousAdmin, address newAdmin)', [ZERO_ADDRESS, address(7)])).toEqual([
    {type: 'contract.adminChanged', previousAdmin: ZERO_ADDRESS, admin: address(7)},
  ])
})
