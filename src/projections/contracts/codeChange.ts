import {type Change, insert, put} from '../../domain/change'
import type {EventOf} from '../../domain/event'
import {factColumns} from '../../domain/fact'
import type {Address} from '../../domain/hex'
import {collectionId} from '../../domain/ids'
import type {RowKey, Snapshot} from '../../domain/projection'
import type {CollectionRow, ContractUpgradeRow} from '../../domain/rows'

export type CodeChange = EventOf<'contract.upgraded' | 'contract.adminChanged' | 'contract.facetsChanged'>

/** A proxy that takes another beacon had the implementation of the one before: of the stored one, or of one that the same batch put it on. */
export const beaconsRead = (row: CollectionRow | undefined, {ref, beacon}: EventOf<'contract.upgraded'>): readonly RowKey[] =>
  [row?.beacon, beacon].flatMap((one) => (one ? [{table: 'Collection', id: collectionId(ref.chainId, one as Address)}] : []))

export function changeCode(row: CollectionRow, event: CodeChange, state: Snapshot): readonly Change[] {
  switch (event.type) {
    case 'contract.upgraded':
      return upgrade(row, event, state)
    case 'contract.adminChanged': {
      const {admin, previousAdmin} = event
      return [
        insert('ContractUpgrade', {...factOf(row, event), kind: 'adminChanged', admin, previousAdmin}),
        put('Collection', {...row, admin}),
      ]
    }
    case 'contract.facetsChanged': {
      const fact: ContractUpgradeRow = {...factOf(row, event), kind: 'facetsChanged', facets: JSON.stringify(event.facets)}
      return [insert('ContractUpgrade', fact), put('Collection', row)]
    }
  }
}

/** A proxy has either an implementation of its own or a beacon: the one it announced last. */
function upgrade(row: CollectionRow, event: EventOf<'contract.upgraded'>, state: Snapshot): readonly Change[] {
  const {implementation} = event
  const beacon = event.beacon ?? null
  const previousImplementation = row.beacon
    ? (state.get('Collection', collectionId(event.ref.chainId, row.beacon as Address))?.implementation ?? null)
    : row.implementation
  const fact: ContractUpgradeRow = {
    ...factOf(row, event),
    kind: beacon === null ? 'upgraded' : 'beaconChanged',
    implementation,
    previousImplementation,
    beacon,
  }
  return [insert('ContractUpgrade', fact), put('Collection', {...row, implementation, beacon})]
}

const factOf = (row: CollectionRow, event: CodeChange) => ({
  ...factColumns(event.ref),
  collectionId: row.id,
  address: event.emitter,
  implementation: null,
  previousImplementation: null,
  beacon: null,
  admin: null,
  previousAdmin: null,
  facets: null,
})
