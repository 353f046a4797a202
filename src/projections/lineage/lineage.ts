import {insert} from '../../domain/change'
import type {DomainEvent, EventOf} from '../../domain/event'
import {factColumns} from '../../domain/fact'
import {assetKey, collectionId, licenseTermsKey} from '../../domain/ids'
import {type LicenseNumber, licenseNumbered, licenseNumberRead} from '../../domain/licenseNumber'
import type {Projection, RowKey, Snapshot} from '../../domain/projection'
import type {DerivativeRow} from '../../domain/rows'

/** One log is one edge; loops and repeated edges are kept as logged, whoever walks the graph guards itself. */
export const lineage: Projection = {
  name: 'lineage',
  owns: ['Derivative'],
  handles: ['derivative.registered'],
  reads: (event: DomainEvent): readonly RowKey[] => {
    if (event.type !== 'derivative.registered') return []
    const number = licenseOf(event)
    return [
      ...(number ? [licenseNumberRead(number)] : []),
      ...(event.terms ? [{table: 'LicenseTerms', id: licenseTermsKey(event.ref.chainId, event.terms)} as const] : []),
    ]
  },
  apply: (event: DomainEvent, state: Snapshot) =>
    event.type === 'derivative.registered' ? [insert('Derivative', edgeOf(event, shareOf(event, state), state))] : [],
}

const licenseOf = ({ref, emitter, licenseId}: EventOf<'derivative.registered'>): LicenseNumber | null =>
  licenseId === null ? null : {chainId: ref.chainId, emitter, licenseId}

/** What is owed to the parent stands in the log, or in the terms that it names (LicenseTerms is licensing's, and only read). */
function shareOf(event: EventOf<'derivative.registered'>, state: Snapshot): number {
  const terms = event.terms && state.get('LicenseTerms', licenseTermsKey(event.ref.chainId, event.terms))
  return (terms && terms.registrationId < event.ref.key ? terms.royaltyBps : null) ?? event.royaltyBps
}

const edgeOf = (event: EventOf<'derivative.registered'>, royaltyBps: number, state: Snapshot): DerivativeRow => {
  const {chainId} = event.ref
  const number = licenseOf(event)
  const {parent, child} = event
  return {
    ...factColumns(event.ref),
    emitter: event.emitter,
    standard: event.standard,
    authority: event.authority,
    parentCollectionId: parent && collectionId(chainId, parent.collection),
    parentAssetId: parent && assetKey({chainId, ...parent}),
    parentTokenId: parent?.tokenId ?? null,
    parentContent: event.parentContent ?? null,
    childCollectionId: collectionId(chainId, child.collection),
    childAssetId: assetKey({chainId, ...child}),
    childTokenId: child.tokenId,
    licenseRef: number && licenseNumbered(number, state),
    royaltyBps,
    relation: event.relation,
  }
}
