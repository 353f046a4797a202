import {addressField} from '../event/fields'
import {createList} from '../list/args'
import type {ListSpec} from '../list/spec'
import type {Stored} from '../stored'
import {Collection, TokenStandard} from './collection'

const spec: ListSpec = {
  name: 'Collection',
  table: 'Collection',
  defaultOrder: 'ID_ASC',
  // A proxy that was upgraded and never spoke of an asset is none.
  base: `NOT (t."standard" IS NULL AND t."asset_count" = 0 AND EXISTS (SELECT FROM contract_upgrade u WHERE u.id = t."first_event_id"))`,
  fields: {
    chainId: {kind: 'chain', sql: 't."chain_id"', description: 'CAIP-2.'},
    address: addressField('address', 'The contract.'),
    standard: {kind: 'enum', sql: 't."standard"', values: TokenStandard, description: 'the standard'},
    firstEventAt: {kind: 'time', sql: 't."first_event_at"', description: 'When it first spoke.'},
    assetCount: {kind: 'bigint', sql: 't."asset_count"', description: 'Token ids ever seen.'},
    transferCount: {kind: 'bigint', sql: 't."transfer_count"', description: 'Transfers.'},
  },
}
export const collections = createList(
  spec,
  () => Collection,
  (row: Stored<'Collection'>) => new Collection(row.id, row),
)
