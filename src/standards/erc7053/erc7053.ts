import {events} from '../../abi/erc7053'
import {buildLayout} from '../../domain/abiEvent'
import {parseAddress, parseHash32} from '../../domain/hex'
import type {Standard} from '../../domain/standard'

/** Media are named by the keccak256 of their CID, and by no token. What is said of them, mostly JSON or the CID of it, is kept as text. */
export const erc7053: Standard = {
  name: 'erc7053',
  title: 'ERC-7053 Interoperable Digital Media Indexing',
  source: 'https://eips.ethereum.org/EIPS/eip-7053',
  layouts: [
    buildLayout(events.Commit, ({recorder, assetCid, commitData}) => [
      {
        type: 'metadata.committed',
        asset: null,
        by: parseAddress(recorder),
        contentHash: null,
        cidHash: parseHash32(assetCid),
        uri: null,
        note: commitData || null,
      },
    ]),
  ],
}
