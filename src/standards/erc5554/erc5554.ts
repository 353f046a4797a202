import {events} from '../../abi/erc5554'
import {buildLayout} from '../../domain/abiEvent'
import {parseAddress} from '../../domain/hex'
import type {Standard} from '../../domain/standard'

/**
 * Edges from a token of the emitter to a work in any contract; licence 0 is none, as in ERC-5218. No share is logged: 0. `_derivativeId` counts
 * the edges and is left out. CommercialExploitation is too: the vocabulary has no event for a use, and the page gives it two shapes.
 */
export const erc5554: Standard = {
  name: 'erc5554',
  title: 'ERC-5554 NFT Legal Use, Reproduction, and Derivation',
  source: 'https://eips.ethereum.org/EIPS/eip-5554',
  layouts: [
    buildLayout(events.DerivativeCreated, (edge, {address}) => [
      {
        type: 'derivative.registered',
        parent: {collection: address, tokenId: edge._tokenId},
        child: {collection: parseAddress(edge._derivative), tokenId: edge._derivativeTokenId},
        licenseId: edge._licenseId || null,
        royaltyBps: 0,
        relation: 0,
      },
    ]),
    buildLayout(events.ReproductionCreated, (edge, {address}) => [
      {
        type: 'derivative.registered',
        parent: {collection: address, tokenId: edge._tokenId},
        child: {collection: parseAddress(edge._reproduction), tokenId: edge._reproductionTokenId},
        licenseId: edge._licenseId || null,
        royaltyBps: 0,
        relation: 1,
      },
    ]),
  ],
}
