import {ASSET_FIELD, AUTHORITY_FIELD, addressField, COLLECTION_FIELD, INCARNATION_FIELD} from '../event/fields'
import type {ListSpec} from '../list/spec'

const LICENSE_ID = 'eip155:<chain>:<granting contract>/<number>; see License.id.'

/** Without its parent, which is a licence. */
const grant: ListSpec = {
  name: 'License',
  table: 'License',
  defaultOrder: 'GRANTED_AT_DESC',
  hasAuthority: true,
  fields: {
    chainId: {kind: 'chain', sql: 't."chain_id"', description: 'CAIP-2.'},
    id: {kind: 'license', sql: 't."id"', description: LICENSE_ID},
    asset: ASSET_FIELD,
    collection: COLLECTION_FIELD,
    incarnation: INCARNATION_FIELD,
    licensor: addressField('licensor', 'Who granted it.'),
    licensee: {
      ...addressField('licensee', 'Present holder, by logs of licences; where a token holds it, the first one.'),
      narrowing: {table: 'license_event', column: 'to', id: 'license_ref'},
    },
    emitter: addressField('emitter', 'The contract that granted it.'),
    currency: addressField('currency', 'What the price is counted in.'),
    price: {kind: 'bigint', sql: 't."price"', description: 'Total paid for the grant.'},
    startTime: {kind: 'bigint', sql: 't."start_time"', description: 'Unix seconds.'},
    expiry: {kind: 'bigint', sql: 't."expiry"', description: 'Unix seconds; eq null: perpetual ones.'},
    revokedFrom: {kind: 'bigint', sql: 't."revoked_from"', description: 'Unix seconds; eq null: those not revoked themselves.'},
    grantedAt: {kind: 'time', sql: 't."granted_at"', orderable: true, description: 'Block time of the grant.'},
    authority: AUTHORITY_FIELD,
  },
}

export const licenseSpec: ListSpec = {
  ...grant,
  fields: {
    ...grant.fields,
    parent: {
      kind: 'license',
      sql: 't."parent_id"',
      relation: grant,
      description: 'The licence it was granted under, or what is true of it.',
    },
  },
}
