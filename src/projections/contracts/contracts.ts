import {type Change, insert, put} from '../../domain/change'
import type {DomainEvent, EventOf} from '../../domain/event'
import {blockTime, factColumns} from '../../domain/fact'
import {type Address, ZERO_ADDRESS} from '../../domain/hex'
import {assetKey, collectionId} from '../../domain/ids'
import type {Projection, RowKey, Snapshot} from '../../domain/projection'
import type {CollectionRow, ContractUpgradeRow} from '../../domain/rows'

/**
 * What is known of a contract: a row from its first word about its own assets, or from its first upgrade, since a proxy announces
 * its implementation before it mints and the next upgrade must know what it replaces. `standard` null and no assets: so far only that.
 *
 * Asset belongs to ownership and is only read: whether an id is new is asked of the rows as they stand before the event.
 */
export const contracts: Projection = {
  name: 'contracts',
  owns: ['Collection', 'ContractUpgrade'],
  handles: [
    'token.transferred',
    'token.rangeTransferred',
    'metadata.changed',
    'generation.claimed',
    'generation.verified',
    'generation.updated',
    'generation.invalidated',
    'license.granted',
    'royalty.paid',
    'derivative.registered',
    'contract.upgraded',
  ],
  reads: (event: DomainEvent): readonly RowKey[] => {
    if (!speaksOfItself(event)) return []
    const own: RowKey = {table: 'Collection', id: collectionId(event.ref.chainId, event.emitter)}
    return event.type === 'token.transferred' ? [own, {table: 'Asset', id: assetIdOf(event)}] : [own]
  },
  apply: (event: DomainEvent, state: Snapshot): readonly Change[] => {
    if (!speaksOfItself(event)) return []
    const known = state.get('Collection', collectionId(event.ref.chainId, event.emitter))
    switch (event.type) {
      case 'token.transferred':
        return [put('Collection', countTransfer(known ?? firstSeen(event), event, state))]
      case 'token.rangeTransferred':
        return [put('Collection', countRange(known ?? firstSeen(event), event))]
      case 'contract.upgraded':
        return upgrade(known ?? firstSeen(event), event)
      default:
        return known ? [] : [put('Collection', firstSeen(event))]
    }
  },
}

function speaksOfItself(event: DomainEvent): boolean {
  if (event.type === 'contract.upgraded') return true
  if (event.type === 'license.revoked' || event.type === 'license.transferred') return false
  if (event.authority !== 'self') return false
  if (event.type === 'derivative.registered') return event.parent.collection === event.emitter || event.child.collection === event.emitter
  return event.collection === event.emitter
}

const assetIdOf = (event: EventOf<'token.transferred'>): string =>
  assetKey({chainId: event.ref.chainId, collection: event.collection, tokenId: event.tokenId})

const firstSeen = ({ref, emitter}: {ref: DomainEvent['ref']; emitter: Address}): CollectionRow => ({
  id: collectionId(ref.chainId, emitter),
  chainId: BigInt(ref.chainId),
  address: emitter,
  standard: null,
  implementation: null,
  firstEventId: ref.key,
  firstEventAt: blockTime(ref),
  assetCount: 0n,
  transferCount: 0n,
})

const countTransfer = (row: CollectionRow, event: EventOf<'token.transferred'>, state: Snapshot): CollectionRow => ({
  ...row,
  standard: row.standard ?? event.namespace,
  assetCount: state.get('Asset', assetIdOf(event)) ? row.assetCount : row.assetCount + 1n,
  transferCount: row.transferCount + 1n,
})

/** Only a mint brings ids; that a later transfer of one of them counts it again is the price of not keeping every id (docs/invariants.md). */
function countRange(row: CollectionRow, event: EventOf<'token.rangeTransferred'>): CollectionRow {
  const size = event.toTokenId < event.fromTokenId ? 0n : event.toTokenId - event.fromTokenId + 1n
  const minted = event.from === ZERO_ADDRESS ? size : 0n
  return {...row, standard: row.standard ?? 'erc721', assetCount: row.assetCount + minted, transferCount: row.transferCount + 1n}
}

function upgrade(row: CollectionRow, event: EventOf<'contract.upgraded'>): readonly Change[] {
  const fact: ContractUpgradeRow = {
    ...factColumns(event.ref),
    collectionId: row.id,
    address: event.emitter,
    implementation: event.implementation,
    previousImplementation: row.implementation,
  }
  return [insert('ContractUpgrade', fact), put('Collection', {...row, implementation: event.implementation})]
}
