import {expect, it} from 'vitest'
import {address} from '../../../test/support/givenEvents'
import {decodeBy, encodeLog} from '../../../test/support/givenLogs'
import {ZERO_ADDRESS} from '../../domain/hex'
import {erc2535} from './erc2535'

const CUT = 'DiamondCut((address facetAddress, uint8 action, bytes4[] functionSelectors)[] _diamondCut, address _init, bytes _calldata)'
const decode = (cuts: readonly unknown[]) => decodeBy(erc2535, encodeLog(CUT, [cuts, ZERO_ADDRESS, '0x']))

it('a cut says which functions have their code where', () => {
  expect(
    decode([
      [address(1), 0, ['0x01020304', '0x05060708']],
      [address(2), 1, ['0x01020304']],
      [ZERO_ADDRESS, 2, ['0x05060708']],
    ]),
  ).toEqual([
    {
      type: 'contract.facetsChanged',
      facets: [
        {facet: address(1), action: 'add', selectors: ['0x01020304', '0x05060708']},
        {facet: address(2), action: 'replace', selectors: ['0x01020304']},
        {facet: ZERO_ADDRESS, action: 'remove', selectors: ['0x05060708']},
      ],
    },
  ])
  expect(decode([])).toEqual([{type: 'contract.facetsChanged', facets: []}])
})

it('an action that the standard does not know is kept, more functions than any diamond has are refused', () => {
  expect(decode([[address(1), 3, []]])).toMatchObject([{facets: [{facet: address(1), action: 'other'}]}])
  const many = Array.from({length: 2_000}, (_, i) => `0x${i.toString(16).padStart(8, '0')}`)
  expect(() => decode([[address(1), 0, many]])).toThrow(expect.objectContaining({reason: 'too_large'}))
})
