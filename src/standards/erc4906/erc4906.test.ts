import {describe, expect, it} from 'vitest'
import {decodeBy, EMITTER, encodeLog, givenLog} from '../../../test/support/givenLogs'
import {parseAddress} from '../../domain/hex'
import {MAX_UINT256} from '../../domain/uint256'
import {erc4906} from './erc4906'

const BATCH = 'BatchMetadataUpdate(uint256 _fromTokenId, uint256 _toTokenId)'

describe('ERC-4906', () => {
  it('reads a recorded MetadataUpdate (Optimism block 154497277, log 5)', () => {
    const log = givenLog({
      address: parseAddress('0x416b433906b1b72fa758e166e239c43d68dc6f29'),
      topics: ['0xf8e1a15aba9398e019f0b49df1a4fde98ee17ae345cb5f6b5e2c27f5033e8ce7'],
      data: '0x000000000000000000000000000000000000000000000000000000000242cb08',
    })
    expect(decodeBy(erc4906, log)).toEqual([
      {
        type: 'metadata.changed',
        collection: '0x416b433906b1b72fa758e166e239c43d68dc6f29',
        scope: {kind: 'token', tokenId: 37_931_784n},
        uri: null,
      },
    ])
  })

  it.each([
    ['all ids', 0n, MAX_UINT256, null],
    ['all ids from 5', 5n, MAX_UINT256, null],
    ['all but the last id', 0n, MAX_UINT256 - 1n, MAX_UINT256 - 1n],
    ['a range that runs backwards', 7n, 3n, 3n],
    ['one id', 4n, 4n, 4n],
    ['ids 1 to n of a collection that starts at 0', 1n, 20n, 20n],
  ])('keeps a batch of %s one range', (_, from, to, toTokenId) => {
    expect(decodeBy(erc4906, encodeLog(BATCH, [from, to]))).toEqual([
      {type: 'metadata.changed', collection: EMITTER, scope: {kind: 'range', fromTokenId: from, toTokenId}, uri: null},
    ])
  })
})
