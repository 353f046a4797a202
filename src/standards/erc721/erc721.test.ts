import {describe, expect, it} from 'vitest'
import {address} from '../../../test/support/givenEvents'
import {decodeBy, EMITTER, encodeLog, givenLog} from '../../../test/support/givenLogs'
import {parseAddress, ZERO_ADDRESS} from '../../domain/hex'
import {MAX_UINT256} from '../../domain/uint256'
import {erc721} from './erc721'

const TRANSFER = 'Transfer(address indexed from, address indexed to, uint256 indexed tokenId)'
const moved = {type: 'token.transferred', namespace: 'erc721', collection: EMITTER, amount: 1n, operator: null}

describe('ERC-721', () => {
  it('reads a recorded transfer (Ethereum block 15600000, log 11)', () => {
    const log = givenLog({
      address: parseAddress('0xf442459c8bb4b891b789e816775232b812eb2ccd'),
      topics: [
        '0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef',
        '0x0000000000000000000000000b47456fc07815ba3efd4a808f9d43a3221767a3',
        '0x000000000000000000000000b33f344993c382800ec01b72d390c11eec854160',
        '0x0000000000000000000000000000000000000000000000000000000000000237',
      ],
    })
    expect(decodeBy(erc721, log)).toEqual([
      {
        ...moved,
        collection: '0xf442459c8bb4b891b789e816775232b812eb2ccd',
        from: '0x0b47456fc07815ba3efd4a808f9d43a3221767a3',
        to: '0xb33f344993c382800ec01b72d390c11eec854160',
        tokenId: 567n,
      },
    ])
  })

  it('reads mint, burn, self-transfer and a 256-bit id alike', () => {
    const transfers = [
      [ZERO_ADDRESS, address(1), 0n],
      [address(1), ZERO_ADDRESS, 1n],
      [address(1), address(1), MAX_UINT256],
    ] as const
    for (const [from, to, tokenId] of transfers) {
      expect(decodeBy(erc721, encodeLog(TRANSFER, [from, to, tokenId]))).toEqual([{...moved, from, to, tokenId}])
    }
  })

  it('refuses an address topic with anything in its upper 12 bytes', () => {
    const log = encodeLog(TRANSFER, [address(1), address(2), 3])
    const topics = log.topics.map((topic, i) => (i === 2 ? (`0x01${topic.slice(4)}` as const) : topic))
    expect(() => decodeBy(erc721, {...log, topics})).toThrow(expect.objectContaining({reason: 'out_of_range'}))
  })
})
