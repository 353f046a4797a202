import type {Standard} from '../../domain/standard'
import {licensing} from './licensing'
import {provenance} from './provenance'

/**
 * The project's own events, for what no ERC covers; contracts/ holds the Solidity. Zero means "none" in every optional field but `currency`,
 * where it is the native coin, and `startTime`, where it is the block's time.
 */
export const assetProvenance: Standard = {
  name: 'asset-provenance',
  title: 'Asset provenance: licences, royalties, generation proofs and derivatives',
  source: 'contracts/',
  layouts: [...licensing, ...provenance],
}
