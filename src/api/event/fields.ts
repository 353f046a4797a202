import {assetSpec} from '../asset/assetSpec'
import type {ListField} from '../list/spec'
import {Authority} from './chainEvent'

export {COLLECTION_FIELD} from '../collection/collectionSpec'
export {addressField} from '../list/spec'

/** Filters and orders that every list of facts has. */
export const FACT_FIELDS = {
  chainId: {kind: 'chain', sql: 't."chain_id"', description: 'CAIP-2.'},
  blockNumber: {kind: 'int', sql: 't."block_number"', description: 'Block number, on whatever chain.'},
  timestamp: {kind: 'time', sql: 't."timestamp"', orderable: true, description: "The block's time."},
  transactionHash: {kind: 'hex', sql: 't."transaction_hash"', description: 'The transaction.'},
} as const satisfies Readonly<Record<string, ListField>>

export const ASSET_FIELD: ListField = {
  kind: 'asset',
  sql: 't."asset_id"',
  relation: assetSpec,
  description: 'The asset, CAIP-19, or what is true of it.',
}
export const INCARNATION_FIELD: ListField = {
  kind: 'int',
  sql: 't."incarnation"',
  description: 'Life of the asset that it is of: 1, and one more each time an ERC-721 id lives again after a burn.',
}
export const AUTHORITY_FIELD = {
  kind: 'enum',
  sql: 't."authority"',
  values: Authority,
  description: 'whose word it is',
} as const satisfies ListField
