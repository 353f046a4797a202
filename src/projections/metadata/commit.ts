import type {EventOf} from '../../domain/event'
import {factColumns} from '../../domain/fact'
import {assetKey, collectionId} from '../../domain/ids'
import type {MetadataCommitRow} from '../../domain/rows'

export const commitOf = (event: EventOf<'metadata.committed'>): MetadataCommitRow => {
  const {ref, asset} = event
  return {
    ...factColumns(ref),
    emitter: event.emitter,
    standard: event.standard,
    authority: event.authority,
    collectionId: asset && collectionId(ref.chainId, asset.collection),
    assetId: asset && assetKey({chainId: ref.chainId, collection: asset.collection, tokenId: asset.tokenId}),
    tokenId: asset?.tokenId ?? null,
    by: event.by ?? event.emitter,
    contentHash: event.contentHash,
    cidHash: event.cidHash,
    uri: event.uri,
    note: event.note,
  }
}
