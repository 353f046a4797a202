import {events} from '../../abi/erc1967'
import {buildLayout} from '../../domain/abiEvent'
import {parseAddress} from '../../domain/hex'
import type {Standard} from '../../domain/standard'

/**
 * Who emits it is what was upgraded: a proxy, or a beacon for every proxy on it, which log nothing themselves. BeaconUpgraded is a proxy's:
 * from now on it takes the beacon's implementation. Application logs carry the proxy's address, never the implementation's.
 */
export const erc1967: Standard = {
  name: 'erc1967',
  title: 'ERC-1967 Proxy Storage Slots',
  source: 'https://eips.ethereum.org/EIPS/eip-1967',
  layouts: [
    buildLayout(events.Upgraded, ({implementation}) => [{type: 'contract.upgraded', implementation: parseAddress(implementation)}]),
    buildLayout(events.BeaconUpgraded, ({beacon}) => [{type: 'contract.upgraded', implementation: null, beacon: parseAddress(beacon)}]),
    buildLayout(events.AdminChanged, ({previousAdmin, newAdmin}) => [
      {type: 'contract.adminChanged', previousAdmin: parseAddress(previousAdmin), admin: parseAddress(newAdmin)},
    ]),
  ],
}
