import {events} from '../../abi/erc6786'
import {buildLayout} from '../../domain/abiEvent'
import {parseAddress, ZERO_ADDRESS} from '../../domain/hex'
import type {Standard} from '../../domain/standard'

/**
 * A registry through which royalties of any token are paid in the native coin. Who paid and who was paid is not in the log: the payer is taken
 * to be the sender of the transaction, the recipient (whom ERC-2981 names at that time) is the zero address, "not told".
 */
export const erc6786: Standard = {
  name: 'erc6786',
  title: 'ERC-6786 Registry for royalties payment for NFTs',
  source: 'https://eips.ethereum.org/EIPS/eip-6786',
  layouts: [
    buildLayout(events.RoyaltiesPaid, ({tokenAddress, tokenId, amount}, log) => [
      {
        type: 'royalty.paid',
        collection: parseAddress(tokenAddress),
        tokenId,
        payer: log.transactionFrom ?? ZERO_ADDRESS,
        recipient: ZERO_ADDRESS,
        currency: ZERO_ADDRESS,
        gross: null,
        amount,
        basis: null,
        kind: 0,
        licenseId: null,
        saleRef: null,
      },
    ]),
  ],
}
