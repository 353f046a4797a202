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
    const contract = contractOf(event)
    if (contract === null) return []
    const own: RowKey = {table: 'Collection', id: collectionId(event.ref.chainId, contract)}
    return event.type === 'token.transferred' ? [own, {table: 'Asset', id: assetIdOf(event)}] : [own]
  },
  apply: (event: DomainEvent, state: Snapshot): readonly Change[] => {
    const contract = contractOf(event)
    if (contract === null) return []
    const row = state.get('Collection', collectionId(event.ref.chainId, contract))
    switch (event.type) {
      case 'token.transferred':
        return [put('Collection', countTransfer(row ?? firstSeen(contract, event), event, state))]
      case 'token.rangeTransferred':
        return [put('Collection', countRange(row ?? firstSeen(contract, event), event))]
      case 'contract.upgraded':
        return upgrade(row ?? firstSeen(contract, event), event)
      default:
        return row ? [] : [put('Collection', firstSeen(contract, event))]
    }
  },
}

/** The contract whose row an event starts or changes; null where somebody else speaks. Holdings have no row without their collection's. */
function contractOf(event: DomainEvent): Address | null {
  switch (event.type) {
    case 'contract.upgraded':
      return event.emitter
    case 'license.revoked':
    case 'license.transferred':
      return null
    case 'token.transferred':
    case 'token.rangeTransferred':
      return event.authority === 'unverified' ? null : event.collection
    default:
      return event.authority === 'self' ? event.emitter : null
  }
}

const assetIdOf = (event: EventOf<'token.transferred'>): string =>
  assetKey({chainId: event.ref.chainId, collection: event.collection, tokenId: event.tokenId})

const firstSeen = (address: Address, {ref}: DomainEvent): CollectionRow => ({
  id: collectionId(ref.chainId, address),
  chainId: BigInt(ref.chainId),
  address,
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
