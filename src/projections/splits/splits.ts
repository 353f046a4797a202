import {type Change, insert} from '../../domain/change'
import type {EventOf} from '../../domain/event'
import {factColumns} from '../../domain/fact'
import {partId} from '../../domain/ids'
import type {Projection} from '../../domain/projection'
import type {Roles} from '../../domain/role'

/** Who shares what a split is paid, and what it paid out. Which shares hold at a moment is asked of the facts. */
export const createSplits = (roles: Roles): Projection => ({
  name: 'splits',
  owns: ['SplitChange', 'SplitShare', 'SplitDistribution'],
  handles: ['split.changed', 'split.distributed'],
  reads: () => [],
  apply: (event) => {
    if (event.type === 'split.changed') return changesOf(event, roles)
    return event.type === 'split.distributed' ? [insert('SplitDistribution', distributionOf(event))] : []
  },
})

const columnsOf = ({ref, emitter, standard, authority, split}: EventOf<'split.changed' | 'split.distributed'>) => ({
  ...factColumns(ref),
  emitter,
  standard,
  authority,
  split,
})

const distributionOf = (event: EventOf<'split.distributed'>) => ({
  ...columnsOf(event),
  currency: event.currency,
  amount: event.amount,
  distributor: event.distributor,
})

function changesOf(event: EventOf<'split.changed'>, roles: Roles): readonly Change[] {
  const {ref, kind, source, shares, totalAllocation, distributorFee, controller} = event
  return [
    insert('SplitChange', {...columnsOf(event), kind, source, shareCount: shares.length, totalAllocation, distributorFee, controller}),
    ...shares.map(({recipient, allocation}, i) =>
      insert('SplitShare', {
        id: partId(ref.key, i),
        chainId: BigInt(ref.chainId),
        changeId: ref.key,
        recipient,
        allocation,
        role: roles.get(recipient) ?? null,
      }),
    ),
  ]
}
