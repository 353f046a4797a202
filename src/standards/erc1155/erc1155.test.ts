import {describe, expect, it} from 'vitest'
import {address} from '../../../test/support/givenEvents'
import {decodeBy, EMITTER, encodeLog, givenLog} from '../../../test/support/givenLogs'
import {parseAddress, ZERO_ADDRESS} from '../../domain/hex'
import {MAX_UINT256} from '../../domain/uint256'
import {erc1155} from './erc1155'

const SINGLE = 'TransferSingle(address indexed operator, address indexed from, address indexed to, uint256 id, uint256 value)'
const BATCH = 'TransferBatch(address indexed operator, address indexed from, address indexed to, uint256[] ids, uint256[] values)'
const [operator, from, to] = [address(1), address(2), address(3)]
const moved = {type: 'token.transferred', namespace: 'erc1155', collection: EMITTER, operator, from, to}

describe('ERC-1155', () => {
  it('reads a recorded TransferSingle (Ethereum block 15600000, log 62)', () => {
    const log = givenLog({
      address: parseAddress('0x76be3b62873462d2142405439777e971754e8e77'),
      topics: [
        '0xc3d58168c5ae7397731d063d5bbf3d657854427343f4c083240f7aacaa2d0f62',
        '0x0000000000000000000000001e0049783f008a0085193e00003d00cd54003c71',
        '0x0000000000000000000000003462d4f128e214f09a5483ab2613fbf13cd4e57e',
        '0x0000000000000000000000002f963cde8611ebd6e147e161dfdf3d577ad46a38',
      ],
      data: '0x0000000000000000000000000000000000000000000000000000000000002a490000000000000000000000000000000000000000000000000000000000000001',
    })
    expect(decodeBy(erc1155, log)).toEqual([
      {
        ...moved,
        collection: '0x76be3b62873462d2142405439777e971754e8e77',
        operator: '0x1e0049783f008a0085193e00003d00cd54003c71',
        from: '0x3462d4f128e214f09a5483ab2613fbf13cd4e57e',
        to: '0x2f963cde8611ebd6e147e161dfdf3d577ad46a38',
        tokenId: 10825n,
        amount: 1n,
      },
    ])
  })

  it('keeps zero values, and the declaration of an id from nobody to nobody', () => {
    expect(decodeBy(erc1155, encodeLog(SINGLE, [operator, from, to, 9, 0]))).toEqual([{...moved, tokenId: 9n, amount: 0n}])
    expect(decodeBy(erc1155, encodeLog(SINGLE, [operator, ZERO_ADDRESS, ZERO_ADDRESS, 9, 0]))).toEqual([
      {...moved, from: ZERO_ADDRESS, to: ZERO_ADDRESS, tokenId: 9n, amount: 0n},
    ])
  })

  it('makes one event of each batch entry, in order, a repeated id included', () => {
    expect(decodeBy(erc1155, encodeLog(BATCH, [operator, from, to, [7, 7, MAX_UINT256], [1, 2, MAX_UINT256]]))).toEqual([
      {...moved, tokenId: 7n, amount: 1n},
      {...moved, tokenId: 7n, amount: 2n},
      {...moved, tokenId: MAX_UINT256, amount: MAX_UINT256},
    ])
  })

  it('finds nothing moved in an empty batch, and nothing to believe in one of unequal lengths', () => {
    expect(decodeBy(erc1155, encodeLog(BATCH, [operator, from, to, [], []]))).toEqual([])
    expect(() => decodeBy(erc1155, encodeLog(BATCH, [operator, from, to, [1, 2], [1]]))).toThrow('2 ids but 1 values')
  })

  it('reads URI as a change of one token that carries the new URI', () => {
    expect(decodeBy(erc1155, encodeLog('URI(string value, uint256 indexed id)', ['ipfs://x/{id}', MAX_UINT256]))).toEqual([
      {type: 'metadata.changed', collection: EMITTER, scope: {kind: 'token', tokenId: MAX_UINT256}, uri: 'ipfs://x/{id}'},
    ])
  })
})
