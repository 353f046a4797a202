import {expect, it} from 'vitest'
import {address} from '../../../test/support/givenEvents'
import {decodeBy, encodeLog} from '../../../test/support/givenLogs'
import {ZERO_ADDRESS} from '../../domain/hex'
import {erc8034} from './erc8034'

const PAID =
  'ReferenceRoyaltiesPaid(address indexed rNFTContract, uint256 indexed tokenId, address indexed buyer, address marketplace, ((address recipient, uint256 royaltyAmount)[] royaltyInfos, uint256 referenceDepth) royalties)'
const decode = (infos: readonly unknown[]) => decodeBy(erc8034, encodeLog(PAID, [address(0xa), 7, address(0xb), address(0xc), [infos, 3]]))

it('each recipient is one payment, in the order of the log; one who is named twice is paid twice', () => {
  const paid = (recipient: string, amount: bigint) => ({
    type: 'royalty.paid',
    collection: address(0xa),
    tokenId: 7n,
    payer: address(0xb),
    recipient,
    currency: ZERO_ADDRESS,
    gross: null,
    amount,
    basis: null,
    kind: 2,
    licenseId: null,
    saleRef: null,
  })
  expect(
    decode([
      [address(1), 30],
      [address(2), 0],
      [address(1), 5],
    ]),
  ).toEqual([paid(address(1), 30n), paid(address(2), 0n), paid(address(1), 5n)])
})

it('nobody paid says nothing', () => {
  expect(decode([])).toEqual([])
})
