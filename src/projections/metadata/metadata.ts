import {type Change, insert} from '../../domain/change'
import type {DomainEvent, EventOf} from '../../domain/event'
import {blockTime} from '../../domain/fact'
import {assetKey, collectionId} from '../../domain/ids'
import {assertInvariant} from '../../domain/invariant'
import type {Projection} from '../../domain/projection'
import type {MetadataChangeRow} from '../../domain/rows'
import {commitOf} from './commit'

/** One log is one row: a range is never walked, an id without a mint is no error (ERC-4906 allows both). */
export const metadata: Projection = {
  name: 'metadata',
  owns: ['MetadataChange', 'MetadataCommit'],
  handles: ['metadata.changed', 'metadata.committed'],
  reads: () => [],
  apply: (event: DomainEvent): readonly Change[] => {
    if (event.type === 'metadata.changed') return [insert('MetadataChange', changeOf(event))]
    return event.type === 'metadata.committed' ? [insert('MetadataCommit', commitOf(event))] : []
  },
}

const changeOf = (event: EventOf<'metadata.changed'>): MetadataChangeRow => {
  // The table holds no claims; decodeLogs makes a stranger's word a failure.
  assertInvariant(event.authority !== 'unverified', 'INV-2', `${event.ref.key}: an unverified metadata change has no row to go to`)
  const {scope, collection} = event
  const {chainId} = event.ref
  return {
    id: event.ref.key,
    chainId: BigInt(chainId),
    blockNumber: event.ref.blockNumber,
    logIndex: event.ref.logIndex,
    timestamp: blockTime(event.ref),
    transactionHash: event.ref.transactionHash,
    collectionId: collectionId(chainId, collection),
    standard: event.standard,
    scope: scope.kind,
    assetId: scope.kind === 'token' ? assetKey({chainId, collection, tokenId: scope.tokenId}) : null,
    fromTokenId: scope.kind === 'contract' ? null : scope.kind === 'token' ? scope.tokenId : scope.fromTokenId,
    toTokenId: scope.kind === 'contract' ? null : scope.kind === 'token' ? scope.tokenId : scope.toTokenId,
    uri: event.uri,
  }
}
