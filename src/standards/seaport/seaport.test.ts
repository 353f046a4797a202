import {expect, it} from 'vitest'
import {address, hash} from '../../../test/support/givenEvents'
import {decodeBy, encodeLog} from '../../../test/support/givenLogs'
import {ZERO_ADDRESS} from '../../domain/hex'
import {MAX_UINT256} from '../../domain/uint256'
import {seaport} from './seaport'

const FULFILLED =
  'OrderFulfilled(bytes32 orderHash, address indexed offerer, address indexed zone, address recipient, (uint8 itemType, address token, uint256 identifier, uint256 amount)[] offer, (uint8 itemType, address token, uint256 identifier, uint256 amount, address recipient)[] consideration)'
const [MAKER, TAKER, ART, WETH] = [address(0xa), address(0xb), address(0x721), address(0xeee)]
const decode = (taker: string, offer: readonly unknown[], asks: readonly unknown[]) =>
  decodeBy(seaport, encodeLog(FULFILLED, [hash(1), MAKER, address(0x20e), taker, offer, asks]))

it('what was given and taken, tokens and money apart; the native coin is the zero address whatever the log names', () => {
  const offer = [
    [2, ART, MAX_UINT256, 1],
    [3, ART, 0, 25],
  ]
  const asks = [
    [0, address(0xbad), 0, 900, MAKER],
    [1, WETH, 0, 5, address(0xc)],
  ]
  expect(decode(TAKER, offer, asks)).toEqual([
    {
      type: 'order.filled',
      orderRef: hash(1),
      maker: MAKER,
      taker: TAKER,
      gives: {
        tokens: [
          {collection: ART, tokenId: MAX_UINT256, namespace: 'erc721', amount: 1n},
          {collection: ART, tokenId: 0n, namespace: 'erc1155', amount: 25n},
        ],
        money: [],
      },
      takes: {
        tokens: [],
        money: [
          {currency: ZERO_ADDRESS, amount: 900n, recipient: MAKER},
          {currency: WETH, amount: 5n, recipient: address(0xc)},
        ],
      },
    },
  ])
})

it('a recipient of zero is none: the order was matched', () => {
  expect(decode(ZERO_ADDRESS, [[2, ART, 7, 1]], [])).toMatchObject([{taker: null}])
})

it('orders of money alone say nothing; which orders were matched is kept as it stands', () => {
  expect(decode(TAKER, [[1, WETH, 0, 5]], [[0, ZERO_ADDRESS, 0, 5, MAKER]])).toEqual([])
  expect(decodeBy(seaport, encodeLog('OrdersMatched(bytes32[] orderHashes)', [[hash(2), hash(1)]]))).toEqual([
    {type: 'orders.matched', orderRefs: [hash(2), hash(1)]},
  ])
})
