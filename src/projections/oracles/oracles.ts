import {type Change, insert} from '../../domain/change'
import type {DomainEvent, EventOf} from '../../domain/event'
import {factColumns} from '../../domain/fact'
import {oracleRequestId} from '../../domain/ids'
import type {Projection} from '../../domain/projection'
import type {OracleEventRow} from '../../domain/rows'

/** What oracles were asked and what they answered. Which generation it belongs to is told by hashes alone, so that readers join it. */
export const oracles: Projection = {
  name: 'oracles',
  owns: ['OracleEvent'],
  handles: ['generation.requested', 'generation.answered'],
  reads: () => [],
  apply: (event: DomainEvent): readonly Change[] =>
    event.type === 'generation.requested' || event.type === 'generation.answered' ? [insert('OracleEvent', factOf(event))] : [],
}

const factOf = (event: EventOf<'generation.requested' | 'generation.answered'>): OracleEventRow => ({
  ...factColumns(event.ref),
  emitter: event.emitter,
  standard: event.standard,
  authority: event.authority,
  requestRef: oracleRequestId(event.ref.chainId, event.emitter, event.requestId),
  requestId: event.requestId,
  ...(event.type === 'generation.requested'
    ? {
        kind: 'requested',
        requester: event.requester,
        modelId: event.modelId,
        inputHash: event.inputHash,
        input: event.input,
        outputHash: null,
      }
    : {kind: 'answered', requester: event.by, modelId: null, inputHash: null, input: null, outputHash: event.outputHash}),
})
