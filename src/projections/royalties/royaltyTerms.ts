import {type Change, insert, put} from '../../domain/change'
import type {EventOf} from '../../domain/event'
import {factColumns} from '../../domain/fact'
import {ZERO_ADDRESS} from '../../domain/hex'
import {assetKey, collectionId} from '../../domain/ids'
import type {Snapshot} from '../../domain/projection'
import {formatShares, royaltyTermsId} from '../../domain/royaltyTerms'
import type {RoyaltyTermsRow} from '../../domain/rows'

type TermsSet = EventOf<'royalty.termsSet'>

/** Every word on terms is a fact; what holds now follows those only who may say so. */
export function changeTerms(event: TermsSet, state: Snapshot): readonly Change[] {
  const {ref, collection, tokenId, movedTo} = event
  const fact = insert('RoyaltyTermsChange', {
    ...factColumns(ref),
    emitter: event.emitter,
    standard: event.standard,
    authority: event.authority,
    collectionId: collectionId(ref.chainId, collection),
    assetId: tokenId === null ? null : assetKey({chainId: ref.chainId, collection, tokenId}),
    shares: formatShares(event.shares),
    movedTo,
  })
  if (event.authority === 'unverified') return [fact]
  const id = royaltyTermsId(ref.chainId, collection, tokenId)
  const before = state.get('RoyaltyTerms', id)
  const row: RoyaltyTermsRow = {
    id,
    chainId: BigInt(ref.chainId),
    shares: movedTo === null ? formatShares(event.shares) : (before?.shares ?? null),
    movedTo: movedTo === null ? (before?.movedTo ?? null) : movedTo === ZERO_ADDRESS ? null : movedTo,
    changeId: ref.key,
  }
  return [fact, put('RoyaltyTerms', row)]
}
