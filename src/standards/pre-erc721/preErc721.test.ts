import {expect, it} from 'vitest'
import {address} from '../../../test/support/givenEvents'
import {decodeBy, EMITTER, encodeLog} from '../../../test/support/givenLogs'
import {MAX_UINT256} from '../../domain/uint256'
import {preErc721} from './preErc721'

it.each(['Transfer(address from, address to, uint256 tokenId)', 'Transfer(address indexed from, address indexed to, uint256 tokenId)'])(
  '%s moves one token',
  (signature) => {
    expect(decodeBy(preErc721, encodeLog(signature, [address(1), address(2), MAX_UINT256]))).toEqual([
      {
        type: 'token.transferred',
        namespace: 'erc721',
        collection: EMITTER,
        tokenId: MAX_UINT256,
        from: address(1),
        to: address(2),
        amount: 1n,
        operator: null,
      },
    ])
  },
)
