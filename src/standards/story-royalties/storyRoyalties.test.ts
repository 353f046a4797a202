import {expect, test} from 'vitest'
import {address} from '../../../test/support/givenEvents'
import {decodeBy, encodeLog} from '../../../test/support/givenLogs'
import {storyRoyalties} from './storyRoyalties'

const [IP, LABEL, SENDER, TOKEN] = [address(0x1b), address(0x1c), address(0x5e), address(0x70)]
const paid = {
  type: 'royalty.paid',
  collection: IP,
  tokenId: 0n,
  namedBy: 'account',
  payer: SENDER,
  recipient: IP,
  currency: TOKEN,
  basis: null,
  licenseId: null,
  saleRef: null,
}

test('case 10: both shapes of RoyaltyPaid from one address; the payer is who was debited, not whom the caller names', () => {
  const now = 'RoyaltyPaid(address receiverIpId, address payerIpId, address sender, address token, uint256 amount, uint256 amountAfterFee)'
  const before = 'RoyaltyPaid(address receiverIpId, address payerIpId, address sender, address token, uint256 amount)'
  expect(decodeBy(storyRoyalties, encodeLog(now, [IP, LABEL, SENDER, TOKEN, 100n, 97n]))).toEqual([
    {...paid, gross: 100n, amount: 97n, kind: 3},
  ])
  expect(decodeBy(storyRoyalties, encodeLog(before, [IP, LABEL, SENDER, TOKEN, 100n]))).toEqual([
    {...paid, gross: null, amount: 100n, kind: 3},
  ])
})

test('a minting fee is the fee of a licence, with and without the protocol’s own', () => {
  const now = 'LicenseMintingFeePaid(address receiverIpId, address payer, address token, uint256 amount, uint256 amountAfterFee)'
  const before = 'LicenseMintingFeePaid(address receiverIpId, address payer, address token, uint256 amount)'
  expect(decodeBy(storyRoyalties, encodeLog(now, [IP, SENDER, TOKEN, 100n, 100n]))).toEqual([{...paid, gross: 100n, amount: 100n, kind: 1}])
  expect(decodeBy(storyRoyalties, encodeLog(before, [IP, SENDER, TOKEN, 100n]))).toEqual([{...paid, gross: null, amount: 100n, kind: 1}])
})
