import {expect, it} from 'vitest'
import {decodeBy, EMITTER, encodeLog} from '../../../test/support/givenLogs'
import {MAX_UINT256} from '../../domain/uint256'
import {erc5192} from './erc5192'

it.each([
  ['Locked', true],
  ['Unlocked', false],
])('%s says whether a token may be moved', (name, locked) => {
  expect(decodeBy(erc5192, encodeLog(`${name}(uint256 tokenId)`, [MAX_UINT256]))).toEqual([
    {type: 'token.lockChanged', collection: EMITTER, tokenId: MAX_UINT256, locked},
  ])
})
