import {type Change, insert, put} from '../../domain/change'
import type {DomainEvent, EventOf} from '../../domain/event'
import {blockTime, factColumns} from '../../domain/fact'
import {ZERO_ADDRESS} from '../../domain/hex'
import {assetKey, balanceId, collectionId} from '../../domain/ids'
import {assertInvariant} from '../../domain/invariant'
import type {Projection, RowKey, Snapshot} from '../../domain/projection'
import type {AssetRow, RangeTransferRow, TransferRow} from '../../domain/rows'
import {moveAsset} from './asset'
import {moveBalances} from './balances'
import {lockOf} from './lock'

/**
 * Who holds what. The first transfer of an id fixes its standard; a transfer of the other kind (contracts that log both for
 * one movement exist) is history only, so that nothing counts twice and INV-3 speaks of one kind of log.
 */
export const ownership: Projection = {
  name: 'ownership',
  owns: ['Asset', 'Balance', 'Transfer', 'RangeTransfer', 'TokenLock'],
  handles: ['token.transferred', 'token.rangeTransferred', 'token.lockChanged'],
  reads: (event: DomainEvent): readonly RowKey[] => (event.type === 'token.transferred' ? rowsOf(event) : []),
  apply: (event: DomainEvent, state: Snapshot): readonly Change[] => {
    if (event.type !== 'token.transferred' && event.type !== 'token.rangeTransferred' && event.type !== 'token.lockChanged') return []
    assertInvariant(event.authority !== 'unverified', 'INV-3', `${event.ref.key}: a stranger speaks of tokens of ${event.collection}`)
    if (event.type === 'token.transferred') return transfer(event, state)
    return [event.type === 'token.lockChanged' ? insert('TokenLock', lockOf(event)) : insert('RangeTransfer', rangeOf(event))]
  },
}

const assetOf = (event: EventOf<'token.transferred'>) => ({
  chainId: event.ref.chainId,
  collection: event.collection,
  tokenId: event.tokenId,
})

/** A self-transfer or an amount of 0 leaves balances alone. */
const movesBalances = (event: EventOf<'token.transferred'>): boolean =>
  event.namespace === 'erc1155' && event.amount !== 0n && event.from !== event.to

function rowsOf(event: EventOf<'token.transferred'>): readonly RowKey[] {
  const asset = assetOf(event)
  const keys: RowKey[] = [{table: 'Asset', id: assetKey(asset)}]
  if (!movesBalances(event)) return keys
  for (const account of [event.from, event.to]) if (account !== ZERO_ADDRESS) keys.push({table: 'Balance', id: balanceId(asset, account)})
  return keys
}

function transfer(event: EventOf<'token.transferred'>, state: Snapshot): readonly Change[] {
  const id = assetKey(assetOf(event))
  const known = state.get('Asset', id)
  const asset = moveAsset(id, known, event)
  const changes: Change[] = [insert('Transfer', transferOf(event, asset, known?.owner ?? null)), put('Asset', asset)]
  if (movesBalances(event) && asset.standard === 'erc1155')
    for (const row of moveBalances(event, asset, state)) changes.push(put('Balance', row))
  return changes
}

/** Written out: see factColumns. */
const transferOf = (event: EventOf<'token.transferred'>, asset: AssetRow, previousOwner: string | null): TransferRow => ({
  id: event.ref.key,
  chainId: asset.chainId,
  blockNumber: event.ref.blockNumber,
  logIndex: event.ref.logIndex,
  timestamp: blockTime(event.ref),
  transactionHash: event.ref.transactionHash,
  transactionFrom: event.ref.transactionFrom,
  collectionId: asset.collectionId,
  assetId: asset.id,
  tokenId: event.tokenId,
  from: event.from,
  to: event.to,
  amount: event.amount,
  operator: event.operator,
  incarnation: asset.incarnation,
  ordinal: asset.transferCount,
  previousOwner,
  owner: asset.owner,
})

const rangeOf = (event: EventOf<'token.rangeTransferred'>): RangeTransferRow => ({
  ...factColumns(event.ref),
  transactionFrom: event.ref.transactionFrom,
  collectionId: collectionId(event.ref.chainId, event.collection),
  fromTokenId: event.fromTokenId,
  toTokenId: event.toTokenId,
  from: event.from,
  to: event.to,
})
