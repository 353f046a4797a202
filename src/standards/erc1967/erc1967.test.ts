import {expect, it} from 'vitest'
import {address} from '../../../test/support/givenEvents'
import {decodeBy, encodeLog} from '../../../test/support/givenLogs'
import {erc1967} from './erc1967'

it('ERC-1967 Upgraded names the new implementation', () => {
  expect(decodeBy(erc1967, encodeLog('Upgraded(address indexed implementation)', [address(5)]))).toEqual([
    {type: 'contract.upgraded', implementation: address(5)},
  ])
})
