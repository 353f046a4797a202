import {events} from '../../abi/erc2535'
import {buildLayout} from '../../domain/abiEvent'
import {type Hex, parseAddress} from '../../domain/hex'
import {DecodeError, type Standard} from '../../domain/standard'

const ACTIONS = ['add', 'replace', 'remove'] as const
/** No diamond has as many functions; a log that names more is not one. */
const MAX_SELECTORS = 2_000

/** Each change of a diamond's functions, its deployment included. A function of the diamond itself has the diamond as its facet. */
export const erc2535: Standard = {
  name: 'erc2535',
  title: 'ERC-2535 Diamonds, Multi-Facet Proxy',
  source: 'https://eips.ethereum.org/EIPS/eip-2535',
  layouts: [
    buildLayout(events.DiamondCut, ({_diamondCut}) => {
      const selectors = _diamondCut.reduce((sum, {functionSelectors}) => sum + functionSelectors.length, _diamondCut.length)
      if (selectors > MAX_SELECTORS) throw new DecodeError('too_large', `${selectors} functions in one cut; at most ${MAX_SELECTORS}`)
      const facets = _diamondCut.map(({facetAddress, action, functionSelectors}) => ({
        facet: parseAddress(facetAddress),
        action: ACTIONS[action] ?? ('other' as const),
        selectors: functionSelectors as readonly Hex[],
      }))
      return [{type: 'contract.facetsChanged', facets}]
    }),
  ],
}
