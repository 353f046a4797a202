import {events} from '../../abi/erc2309'
import {buildLayout} from '../../domain/abiEvent'
import {parseAddress} from '../../domain/hex'
import type {Standard} from '../../domain/standard'

/** The range stays a range here: one log may name 2^256 tokens. */
export const erc2309: Standard = {
  name: 'erc2309',
  title: 'ERC-2309 Consecutive Transfer Extension',
  source: 'https://eips.ethereum.org/EIPS/eip-2309',
  layouts: [
    buildLayout(events.ConsecutiveTransfer, ({fromTokenId, toTokenId, fromAddress, toAddress}, log) => [
      {
        type: 'token.rangeTransferred',
        collection: log.address,
        fromTokenId,
        toTokenId,
        from: parseAddress(fromAddress),
        to: parseAddress(toAddress),
      },
    ]),
  ],
}
