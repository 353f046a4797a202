import {events} from '../../abi/erc5521'
import {buildLayout} from '../../domain/abiEvent'
import {parseAddress} from '../../domain/hex'
import {DecodeError, type Standard} from '../../domain/standard'

/**
 * The log is a snapshot of all that a token refers to and of all that refers to it. Only `referring` becomes edges: its setter is checked,
 * while anyone can write `referred` of somebody else's token. Every snapshot tells its edges anew; an edge that a later one leaves out stays
 * as it was logged. An empty list refers to nothing: no event. References have no licence and no share.
 */
export const erc5521: Standard = {
  name: 'erc5521',
  title: 'ERC-5521 Referable NFT',
  source: 'https://eips.ethereum.org/EIPS/eip-5521',
  layouts: [
    buildLayout(events.UpdateNode, (node, {address}) => {
      const [parents, ids] = [node._address_referringList, node._tokenIds_referringList]
      if (parents.length !== ids.length) throw new DecodeError('malformed', `${parents.length} referring contracts but ${ids.length} lists`)
      return parents.flatMap((parent, i) =>
        (ids[i] ?? []).map((tokenId) => ({
          type: 'derivative.registered',
          parent: {collection: parseAddress(parent), tokenId},
          child: {collection: address, tokenId: node.tokenId},
          licenseId: null,
          royaltyBps: 0,
          relation: 0,
        })),
      )
    }),
  ],
}
