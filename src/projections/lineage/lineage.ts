import {insert} from '../../domain/change'
import type {DomainEvent, EventOf} from '../../domain/event'
import {factColumns} from '../../domain/fact'
import {assetKey, collectionId, licenseKey} from '../../domain/ids'
import type {Projection} from '../../domain/projection'
import type {DerivativeRow} from '../../domain/rows'

/** One log is one edge; loops and repeated edges are kept as logged, whoever walks the graph guards itself. */
export const lineage: Projection = {
  name: 'lineage',
  owns: ['Derivative'],
  handles: ['derivative.registered'],
  reads: () => [],
  apply: (event: DomainEvent) => (event.type === 'derivative.registered' ? [insert('Derivative', edgeOf(event))] : []),
}

const edgeOf = (event: EventOf<'derivative.registered'>): DerivativeRow => {
  const {chainId} = event.ref
  const {parent, child} = event
  return {
    ...factColumns(event.ref),
    emitter: event.emitter,
    standard: event.standard,
    authority: event.authority,
    parentCollectionId: collectionId(chainId, parent.collection),
    parentAssetId: assetKey({chainId, ...parent}),
    parentTokenId: parent.tokenId,
    childCollectionId: collectionId(chainId, child.collection),
    childAssetId: assetKey({chainId, ...child}),
    childTokenId: child.tokenId,
    licenseRef: event.licenseId === null ? null : licenseKey(chainId, event.emitter, event.licenseId),
    royaltyBps: event.royaltyBps,
    relation: event.relation,
  }
}
