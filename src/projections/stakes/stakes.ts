import {insert} from '../../domain/change'
import type {DomainEvent, EventOf} from '../../domain/event'
import {factColumns} from '../../domain/fact'
import {assetKey, collectionId} from '../../domain/ids'
import type {Projection} from '../../domain/projection'
import type {StakeAllocationRow} from '../../domain/rows'

/** One log is one allocation; sums are made by whoever asks. */
export const stakes: Projection = {
  name: 'stakes',
  owns: ['StakeAllocation'],
  handles: ['stake.allocated'],
  reads: () => [],
  apply: (event: DomainEvent) => (event.type === 'stake.allocated' ? [insert('StakeAllocation', allocationOf(event))] : []),
}

const allocationOf = (event: EventOf<'stake.allocated'>): StakeAllocationRow => {
  const {asset, ref} = event
  return {
    ...factColumns(ref),
    emitter: event.emitter,
    standard: event.standard,
    authority: event.authority,
    collectionId: asset && collectionId(ref.chainId, asset.collection),
    assetId: asset && assetKey({chainId: ref.chainId, ...asset}),
    tokenId: asset?.tokenId ?? null,
    staker: event.staker,
    beneficiary: event.beneficiary,
    currency: event.currency,
    amount: event.amount,
    purpose: event.purpose,
  }
}
