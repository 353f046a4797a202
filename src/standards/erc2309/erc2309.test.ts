import {describe, expect, it} from 'vitest'
import {address} from '../../../test/support/givenEvents'
import {decodeBy, EMITTER, encodeLog, givenLog} from '../../../test/support/givenLogs'
import {parseAddress, ZERO_ADDRESS} from '../../domain/hex'
import {MAX_UINT256} from '../../domain/uint256'
import {erc2309} from './erc2309'

const CONSECUTIVE =
  'ConsecutiveTransfer(uint256 indexed fromTokenId, uint256 toTokenId, address indexed fromAddress, address indexed toAddress)'

describe('ERC-2309', () => {
  it('reads a recorded range (Ethereum block 15537394, log 0)', () => {
    const log = givenLog({
      address: parseAddress('0x9acf7474a5b54e99c1ff2737919e3a2dffe72253'),
      topics: [
        '0xdeaa91b6123d068f5821d0fb0678463d1a8a6079fe8af5de3ce5e896dcf9133d',
        '0x0000000000000000000000000000000000000000000000000000000000000000',
        '0x0000000000000000000000000000000000000000000000000000000000000000',
        '0x000000000000000000000000953fc389a59d1fec79e83a93891cd954552e2f5a',
      ],
      data: '0x0000000000000000000000000000000000000000000000000000000000000063',
    })
    expect(decodeBy(erc2309, log)).toEqual([
      {
        type: 'token.rangeTransferred',
        collection: '0x9acf7474a5b54e99c1ff2737919e3a2dffe72253',
        fromTokenId: 0n,
        toTokenId: 99n,
        from: ZERO_ADDRESS,
        to: '0x953fc389a59d1fec79e83a93891cd954552e2f5a',
      },
    ])
  })

  it.each([
    ['every id there is', 0n, MAX_UINT256],
    ['a range that runs backwards', 7n, 3n],
  ])('keeps %s as one range', (_, fromTokenId, toTokenId) => {
    expect(decodeBy(erc2309, encodeLog(CONSECUTIVE, [fromTokenId, toTokenId, address(1), address(2)]))).toEqual([
      {type: 'token.rangeTransferred', collection: EMITTER, fromTokenId, toTokenId, from: address(1), to: address(2)},
    ])
  })
})
