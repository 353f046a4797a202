import type {EventOf} from '../../domain/event'
import {factColumns} from '../../domain/fact'
import {assetKey, collectionId} from '../../domain/ids'
import type {TokenLockRow} from '../../domain/rows'

/** A lock may be told before the mint, so it hangs on no asset row; the last one tells. */
export const lockOf = (event: EventOf<'token.lockChanged'>): TokenLockRow => ({
  ...factColumns(event.ref),
  collectionId: collectionId(event.ref.chainId, event.collection),
  standard: event.standard,
  assetId: assetKey({chainId: event.ref.chainId, collection: event.collection, tokenId: event.tokenId}),
  tokenId: event.tokenId,
  locked: event.locked,
})
