import {TokenStandard} from '../collection/collection'
import {addressField, COLLECTION_FIELD} from '../event/fields'
import {createList} from '../list/args'
import type {ListSpec} from '../list/spec'
import type {Stored} from '../stored'
import {Asset} from './asset'

const spec: ListSpec = {
  name: 'Asset',
  table: 'Asset',
  defaultOrder: 'ID_ASC',
  fields: {
    chainId: {kind: 'chain', sql: 't."chain_id"', description: 'CAIP-2.'},
    id: {kind: 'asset', sql: 't."id"', description: 'The asset, CAIP-19.'},
    collection: COLLECTION_FIELD,
    tokenId: {kind: 'bigint', sql: 't."token_id"', orderable: true, description: 'Token id within its collection.'},
    standard: {kind: 'enum', sql: 't."standard"', values: TokenStandard, description: 'the standard'},
    owner: addressField('owner', 'ERC-721 owner.'),
    creator: addressField('creator', 'Sender of the minting transaction.'),
    burned: {kind: 'bool', sql: `(t."burn_id" IS NOT NULL)`, description: 'ERC-721 only: whether it is burned.'},
    mintedAt: {
      kind: 'time',
      sql: 't."minted_at"',
      orderable: true,
      nullable: true,
      description: 'Block time of the mint; eq null: no mint was seen. In an order, those come before everything.',
    },
    transferCount: {kind: 'int', sql: 't."transfer_count"', description: 'Transfers of all lives.'},
  },
}
export const assets = createList(
  spec,
  () => Asset,
  (row: Stored<'Asset'>) => new Asset(row.id, row),
)
