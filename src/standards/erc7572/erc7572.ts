import {events} from '../../abi/erc7572'
import {events as thirdweb} from '../../abi/erc7572-thirdweb'
import {buildLayout} from '../../domain/abiEvent'
import type {Standard} from '../../domain/standard'

/** thirdweb's contracts have an event of the same name, which carries the old and the new URI. */
export const erc7572: Standard = {
  name: 'erc7572',
  title: 'ERC-7572 Contract-level metadata via contractURI()',
  source: 'https://eips.ethereum.org/EIPS/eip-7572',
  layouts: [
    buildLayout(events.ContractURIUpdated, (_, log) => [
      {type: 'metadata.changed', collection: log.address, scope: {kind: 'contract'}, uri: null},
    ]),
    buildLayout(thirdweb.ContractURIUpdated, ({newURI}, log) => [
      {type: 'metadata.changed', collection: log.address, scope: {kind: 'contract'}, uri: newURI || null},
    ]),
  ],
}
