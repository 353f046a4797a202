import {events} from '../../abi/erc8034'
import {buildLayout} from '../../domain/abiEvent'
import {parseAddress, ZERO_ADDRESS} from '../../domain/hex'
import type {Standard} from '../../domain/standard'

/**
 * One payment a recipient, in the order of the log; nobody paid, no event. The log has no currency: its unit is wei, so the native coin. What
 * the works that a token refers to are owed is a derivative's share (kind 2).
 */
export const erc8034: Standard = {
  name: 'erc8034',
  title: 'ERC-8034 Referable NFT Royalties',
  source: 'https://eips.ethereum.org/EIPS/eip-8034',
  layouts: [
    buildLayout(events.ReferenceRoyaltiesPaid, ({rNFTContract, tokenId, buyer, royalties}) =>
      royalties.royaltyInfos.map(({recipient, royaltyAmount}) => ({
        type: 'royalty.paid',
        collection: parseAddress(rNFTContract),
        tokenId,
        payer: parseAddress(buyer),
        recipient: parseAddress(recipient),
        currency: ZERO_ADDRESS,
        gross: null,
        amount: royaltyAmount,
        basis: null,
        kind: 2,
        licenseId: null,
        saleRef: null,
      })),
    ),
  ],
}
