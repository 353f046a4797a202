import {expect, it} from 'vitest'
import {decodeBy, EMITTER, encodeLog} from '../../../test/support/givenLogs'
import {erc8048} from './erc8048'

it('ERC-8048 tells that a key of the metadata of a token was set', () => {
  const log = encodeLog('MetadataSet(uint256 indexed tokenId, string indexed indexedKey, string key, bytes value)', [
    7,
    'name',
    'name',
    '0x41',
  ])
  expect(decodeBy(erc8048, log)).toEqual([{type: 'metadata.changed', collection: EMITTER, scope: {kind: 'token', tokenId: 7n}, uri: null}])
})
