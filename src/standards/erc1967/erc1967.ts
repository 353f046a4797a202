import {events} from '../../abi/erc1967'
import {buildLayout} from '../../domain/abiEvent'
import {parseAddress} from '../../domain/hex'
import type {Standard} from '../../domain/standard'

/** AdminChanged and BeaconUpgraded are left out: the vocabulary has no event for them yet. */
export const erc1967: Standard = {
  name: 'erc1967',
  title: 'ERC-1967 Proxy Storage Slots',
  source: 'https://eips.ethereum.org/EIPS/eip-1967',
  layouts: [
    buildLayout(events.Upgraded, ({implementation}) => [{type: 'contract.upgraded', implementation: parseAddress(implementation)}]),
  ],
}
