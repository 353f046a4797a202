import {ownedSql} from '../asOf/ownedSql'
import {COLLECTION_FIELD} from '../collection/collectionSpec'
import {TokenStandard} from '../collection/tokenStandard'
import {addressField, type ListSpec} from '../list/spec'

export const assetSpec: ListSpec = {
  name: 'Asset',
  table: 'Asset',
  defaultOrder: 'ID_ASC',
  fields: {
    chainId: {kind: 'chain', sql: 't."chain_id"', description: 'CAIP-2.'},
    id: {kind: 'asset', sql: 't."id"', description: 'The asset, CAIP-19.'},
    collection: COLLECTION_FIELD,
    tokenId: {kind: 'bigint', sql: 't."token_id"', orderable: true, description: 'Token id within its collection.'},
    standard: {kind: 'enum', sql: 't."standard"', values: TokenStandard, description: 'the standard'},
    owner: {...addressField('owner', 'ERC-721 owner.'), past: ownedSql},
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
