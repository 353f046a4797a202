import {expect, it} from 'vitest'
import {address} from '../../../test/support/givenEvents'
import {decodeBy, encodeLog} from '../../../test/support/givenLogs'
import {ZERO_ADDRESS} from '../../domain/hex'
import {MAX_UINT256} from '../../domain/uint256'
import {erc6786} from './erc6786'

const PAID = 'RoyaltiesPaid(address indexed tokenAddress, uint256 indexed tokenId, uint256 amount)'

it('a payment in the native coin by the sender of the transaction; the recipient is not told', () => {
  const paid = {
    type: 'royalty.paid',
    collection: address(0xa),
    tokenId: 7n,
    recipient: ZERO_ADDRESS,
    currency: ZERO_ADDRESS,
    gross: null,
    amount: MAX_UINT256,
    basis: null,
    kind: 0,
    licenseId: null,
    saleRef: null,
  }
  const decode = (transactionFrom: ReturnType<typeof address> | null) =>
    decodeBy(erc6786, encodeLog(PAID, [address(0xa), 7, MAX_UINT256], {transactionFrom}))
  expect(decode(address(0xf40))).toEqual([{...paid, payer: address(0xf40)}])
  expect(decode(null)).toEqual([{...paid, payer: ZERO_ADDRESS}])
})
