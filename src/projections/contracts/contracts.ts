import {type Change, put} from '../../domain/change'
import type {DomainEvent, EventOf} from '../../domain/event'
import {blockTime} from '../../domain/fact'
import {type Address, ZERO_ADDRESS} from '../../domain/hex'
import {assetKey, collectionId} from '../../domain/ids'
import type {Projection, RowKey, Snapshot} from '../../domain/projection'
import type {CollectionRow} from '../../domain/rows'
import {beaconsRead, changeCode} from './codeChange'

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
    'token.lockChanged',
    'metadata.changed',
    'metadata.committed',
    'generation.claimed',
    'generation.verified',
    'generation.updated',
    'generation.invalidated',
    'license.granted',
    'licenseTerms.attached',
    'royalty.paid',
    'derivative.registered',
    'contract.upgraded',
    'contract.adminChanged',
    'contract.facetsChanged',
  ],
  reads: (event: DomainEvent, known: Snapshot): readonly RowKey[] => {
    const contract = contractOf(event)
    if (contract === null) return []
    const own: RowKey = {table: 'Collection', id: collectionId(event.ref.chainId, contract)}
    if (event.type === 'token.transferred') return [own, {table: 'Asset', id: assetIdOf(event)}]
    return event.type === 'contract.upgraded' ? [own, ...beaconsRead(known.get('Collection', own.id), event)] : [own]
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
      case 'contract.adminChanged':
      case 'contract.facetsChanged':
        return changeCode(row ?? firstSeen(contract, event), event, state)
      default:
        return row ? [] : [put('Collection', firstSeen(contract, event))]
    }
  },
}

/** The contract whose row an event starts or changes; null where somebody else speaks. Holdings have no row without their collection's. */
function contractOf(event: DomainEvent): Address | null {
  switch (event.type) {
    case 'contract.upgraded':
    case 'contract.adminChanged':
    case 'contract.facetsChanged':
      return event.emitter
    // Where it names no asset, it is no word about one.
    case 'metadata.committed':
      return event.authority === 'self' && event.asset !== null ? event.emitter : null
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
  beacon: null,
  admin: null,
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
