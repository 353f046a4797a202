import {expect, it} from 'vitest'
import {address} from '../../../test/support/givenEvents'
import {decodeBy, EMITTER, encodeLog} from '../../../test/support/givenLogs'
import {erc7548} from './erc7548'

it('a combination that was minted has metadata to be read', () => {
  const log = encodeLog('ComboMinted(address indexed owner, uint256 indexed comboId)', [address(1), 7])
  expect(decodeBy(erc7548, log)).toEqual([{type: 'metadata.changed', collection: EMITTER, scope: {kind: 'token', tokenId: 7n}, uri: null}])
})
