import {events} from '../../abi/erc7548'
import {buildLayout} from '../../domain/abiEvent'
import type {Standard} from '../../domain/standard'

/** A combination of tokens was minted. What it is made of is in no log: only that its metadata is to be read. */
export const erc7548: Standard = {
  name: 'erc7548',
  title: 'ERC-7548 Open IP Protocol built on NFTs',
  source: 'https://eips.ethereum.org/EIPS/eip-7548',
  layouts: [
    buildLayout(events.ComboMinted, ({comboId}, {address}) => [
      {type: 'metadata.changed', collection: address, scope: {kind: 'token', tokenId: comboId}, uri: null},
    ]),
  ],
}
