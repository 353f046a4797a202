import {events} from '../../abi/erc5192'
import {buildLayout} from '../../domain/abiEvent'
import type {TokenLockChanged} from '../../domain/event'
import type {Address} from '../../domain/hex'
import type {Standard} from '../../domain/standard'

const changed = (collection: Address, tokenId: bigint, locked: boolean): readonly TokenLockChanged[] => [
  {type: 'token.lockChanged', collection, tokenId, locked},
]

/** Soulbound tokens. A lock may be told with the mint, before or after its Transfer. */
export const erc5192: Standard = {
  name: 'erc5192',
  title: 'ERC-5192 Minimal Soulbound NFTs',
  source: 'https://eips.ethereum.org/EIPS/eip-5192',
  layouts: [
    buildLayout(events.Locked, ({tokenId}, {address}) => changed(address, tokenId, true)),
    buildLayout(events.Unlocked, ({tokenId}, {address}) => changed(address, tokenId, false)),
  ],
}
