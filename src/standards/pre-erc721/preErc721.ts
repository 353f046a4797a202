import {events} from '../../abi/pre-erc721'
import {events as indexed} from '../../abi/pre-erc721-indexed'
import {buildLayout} from '../../domain/abiEvent'
import type {TokenTransferred} from '../../domain/event'
import {type Address, parseAddress} from '../../domain/hex'
import type {Standard} from '../../domain/standard'

type Parties = Readonly<{from: string; to: string; tokenId: bigint}>

const moved = ({from, to, tokenId}: Parties, collection: Address): readonly TokenTransferred[] => [
  {
    type: 'token.transferred',
    namespace: 'erc721',
    collection,
    tokenId,
    from: parseAddress(from),
    to: parseAddress(to),
    amount: 1n,
    operator: null,
  },
]

/**
 * Tokens older than the standard: CryptoKitties indexes nothing (one topic), others leave the token id unindexed (three topics), which is
 * ERC-20's log, bit for bit. So it is read only from contracts that the operator names it for.
 */
export const preErc721: Standard = {
  name: 'pre-erc721',
  title: 'ERC-721 before it was a standard',
  source: 'https://eips.ethereum.org/EIPS/eip-721',
  onlyByName: true,
  layouts: [
    buildLayout(events.Transfer, (parties, {address}) => moved(parties, address)),
    buildLayout(indexed.Transfer, (parties, {address}) => moved(parties, address)),
  ],
}
