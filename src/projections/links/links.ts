import {insert} from '../../domain/change'
import type {DomainEvent, EventOf} from '../../domain/event'
import {factColumns} from '../../domain/fact'
import type {LinkCause, LinkEffect} from '../../domain/linkEvent'
import type {Projection} from '../../domain/projection'
import type {EventLinkRow, TableName} from '../../domain/rows'

/** The table that holds an event of a type: where the other end of a link is found. */
const TABLE_OF: Readonly<Record<LinkEffect | LinkCause, TableName>> = {
  'royalty.paid': 'RoyaltyPayment',
  'stake.allocated': 'StakeAllocation',
  'license.granted': 'LicenseEvent',
  'metadata.changed': 'MetadataChange',
  'generation.claimed': 'GenerationEvent',
  'generation.verified': 'GenerationEvent',
  'generation.updated': 'GenerationEvent',
}

/** What explains what, as the pipeline found it within a transaction. */
export const links: Projection = {
  name: 'links',
  owns: ['EventLink'],
  handles: ['event.linked'],
  reads: () => [],
  apply: (event: DomainEvent) => (event.type === 'event.linked' ? [insert('EventLink', linkOf(event))] : []),
}

const linkOf = (event: EventOf<'event.linked'>): EventLinkRow => ({
  ...factColumns(event.ref),
  emitter: event.emitter,
  standard: event.standard,
  authority: event.authority,
  relation: event.relation,
  effectId: event.effect,
  effectTable: TABLE_OF[event.effectType],
  causeId: event.cause,
  causeTable: TABLE_OF[event.causeType],
})
