import type {EventOf} from '../../domain/event'
import {type Address, ZERO_ADDRESS} from '../../domain/hex'
import {balanceId} from '../../domain/ids'
import type {Snapshot} from '../../domain/projection'
import type {AssetRow, BalanceRow} from '../../domain/rows'

type Transferred = EventOf<'token.transferred'>

/** The two holdings of an ERC-1155 movement between different accounts. The zero address holds nothing. */
export const moveBalances = (event: Transferred, asset: AssetRow, state: Snapshot): readonly BalanceRow[] =>
  [holding(event, asset, state, event.from, -event.amount), holding(event, asset, state, event.to, event.amount)].filter(
    (row) => row !== null,
  )

function holding(event: Transferred, asset: AssetRow, state: Snapshot, account: Address, delta: bigint): BalanceRow | null {
  if (account === ZERO_ADDRESS) return null
  const id = balanceId({chainId: event.ref.chainId, collection: event.collection, tokenId: event.tokenId}, account)
  const known = state.get('Balance', id)
  const {collectionId, chainId, id: assetId} = asset
  return {id, chainId, collectionId, assetId, account, amount: (known?.amount ?? 0n) + delta, lastTransferId: event.ref.key}
}
