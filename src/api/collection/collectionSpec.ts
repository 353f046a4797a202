import {addressField, type ListField, type ListSpec} from '../list/spec'
import {TokenStandard} from './tokenStandard'

export const collectionSpec: ListSpec = {
  name: 'Collection',
  table: 'Collection',
  defaultOrder: 'ID_ASC',
  // A proxy that was upgraded and never spoke of an asset is none.
  base: `NOT (t."standard" IS NULL AND t."asset_count" = 0 AND EXISTS (SELECT FROM contract_upgrade u WHERE u.id = t."first_event_id"))`,
  fields: {
    chainId: {kind: 'chain', sql: 't."chain_id"', description: 'CAIP-2.'},
    address: addressField('address', 'The contract.'),
    standard: {kind: 'enum', sql: 't."standard"', values: TokenStandard, description: 'the standard'},
    firstEventAt: {kind: 'time', sql: 't."first_event_at"', orderable: true, description: 'When it first spoke.'},
    assetCount: {kind: 'bigint', sql: 't."asset_count"', description: 'Token ids ever seen.'},
    transferCount: {kind: 'bigint', sql: 't."transfer_count"', orderable: true, description: 'Transfers.'},
  },
}

export const COLLECTION_FIELD: ListField = {
  kind: 'collection',
  sql: 't."collection_id"',
  relation: collectionSpec,
  description: 'The collection, or what is true of it.',
}
