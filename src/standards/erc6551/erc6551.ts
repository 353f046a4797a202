import {events} from '../../abi/erc6551'
import {buildLayout} from '../../domain/abiEvent'
import {parseAddress, parseHash32} from '../../domain/hex'
import type {Standard} from '../../domain/standard'
import {tokenAccountAddress} from '../../domain/tokenAccount'

/**
 * Accounts of tokens. The token may be on another chain. An account's address is derived from its token, so that anybody's log of it is proof;
 * one that is derived otherwise is a claim.
 */
export const erc6551: Standard = {
  name: 'erc6551',
  title: 'ERC-6551 Non-fungible Token Bound Accounts',
  source: 'https://eips.ethereum.org/EIPS/eip-6551',
  layouts: [
    buildLayout(events.ERC6551AccountCreated, (created, {address: registry}) => {
      const account = parseAddress(created.account)
      const implementation = parseAddress(created.implementation)
      const [collection, tokenId] = [parseAddress(created.tokenContract), created.tokenId]
      const made = {registry, implementation, salt: parseHash32(created.salt), chainId: created.chainId, collection, tokenId}
      return [
        {
          type: 'account.bound',
          collection,
          tokenId,
          account,
          tokenChainId: created.chainId,
          implementation,
          proven: account === tokenAccountAddress(made),
        },
      ]
    }),
  ],
}
