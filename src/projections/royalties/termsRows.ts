import {type Change, insert} from '../../domain/change'
import type {EventOf} from '../../domain/event'
import {factColumns} from '../../domain/fact'
import {assetKey, collectionId, partId} from '../../domain/ids'
import type {Roles} from '../../domain/role'

/** Every word on terms is a fact; which of them holds is asked of the facts (the last one before a moment), so that no state is kept. */
export function termsRows(
  {ref, collection, tokenId, shares, movedTo, ...event}: EventOf<'royalty.termsSet'>,
  roles: Roles,
): readonly Change[] {
  const change = insert('RoyaltyTermsChange', {
    ...factColumns(ref),
    emitter: event.emitter,
    standard: event.standard,
    authority: event.authority,
    collectionId: collectionId(ref.chainId, collection),
    assetId: tokenId === null ? null : assetKey({chainId: ref.chainId, collection, tokenId}),
    shareCount: shares.length,
    movedTo,
  })
  return [
    change,
    ...shares.map(({recipient, parts}, i) =>
      insert('RoyaltyTermsShare', {
        id: partId(ref.key, i),
        chainId: BigInt(ref.chainId),
        termsId: ref.key,
        recipient,
        parts,
        role: roles.get(recipient) ?? null,
      }),
    ),
  ]
}
