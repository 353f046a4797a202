import {expect, it} from 'vitest'
import {decodeBy, EMITTER, encodeLog} from '../../../test/support/givenLogs'
import {MAX_UINT256} from '../../domain/uint256'
import {erc7160} from './erc7160'

it.each([
  ['TokenUriPinned(uint256 indexed tokenId, uint256 indexed index)', [MAX_UINT256, 0]],
  ['TokenUriUnpinned(uint256 indexed tokenId)', [MAX_UINT256]],
])('%s changes what the token shows', (signature, values) => {
  expect(decodeBy(erc7160, encodeLog(signature, values))).toEqual([
    {type: 'metadata.changed', collection: EMITTER, scope: {kind: 'token', tokenId: MAX_UINT256}, uri: null},
  ])
})
