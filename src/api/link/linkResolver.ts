import {Ctx, Field, FieldResolver, ObjectType, Resolver, Root, registerEnumType} from 'type-graphql'
import type {TableName} from '../../domain/rows'
import type {Context} from '../context'
import {ChainEvent} from '../event/chainEvent'
import {GenerationEvent} from '../generation/generation'
import {LicenseEvent} from '../license/licenseEvent'
import {MetadataUpdate} from '../metadata/metadataUpdate'
import {RoyaltyPayment} from '../royalty/royaltyPayment'
import {StakeAllocation} from '../stake/stakeAllocation'
import type {Stored} from '../stored'

export const LinkRelation = {TRIGGERED_BY: 'triggeredBy', PAID_BY: 'paidBy', EXPLAINED_BY: 'explainedBy'} as const
registerEnumType(LinkRelation, {
  name: 'LinkRelation',
  description: 'How one event explains another of the same transaction.',
  valuesConfig: {
    TRIGGERED_BY: {description: 'A payment, stake or grant came with a verified proof.'},
    PAID_BY: {description: 'A grant was paid for by a payment.'},
    EXPLAINED_BY: {description: 'Metadata changed because of a generation.'},
  },
})

/** What a fact becomes, by the table that it is in. */
const EVENT_OF: Readonly<Partial<Record<TableName, (row: never) => ChainEvent>>> = {
  GenerationEvent: (row) => new GenerationEvent(row),
  LicenseEvent: (row) => new LicenseEvent(row),
  MetadataChange: (row) => new MetadataUpdate(row),
  RoyaltyPayment: (row) => new RoyaltyPayment(row),
  StakeAllocation: (row) => new StakeAllocation(row),
}

@ObjectType({description: 'Another event of the same transaction, and how the two belong together.'})
export class EventLink {
  constructor(
    readonly row: Stored<'EventLink'>,
    readonly other: ChainEvent,
  ) {}
  @Field(() => LinkRelation, {description: 'How the effect is explained by the cause.'})
  get relation(): string {
    return this.row.relation
  }
  @Field(() => ChainEvent, {description: 'The other event.'})
  get event(): ChainEvent {
    return this.other
  }
}

@Resolver(() => ChainEvent)
export class LinkResolver {
  @FieldResolver(() => [EventLink], {description: 'Events of the same transaction that explain this one.'})
  async causes(@Ctx() {load}: Context, @Root() {fact}: ChainEvent): Promise<readonly EventLink[]> {
    const links = (await load.causes.load(fact.id)) ?? []
    return resolveLinks(load, links, ({causeTable, causeId}) => `${causeTable} ${causeId}`)
  }

  @FieldResolver(() => [EventLink], {description: 'Events of the same transaction that this one explains; of very many the first 1,000.'})
  async effects(@Ctx() {load}: Context, @Root() {fact}: ChainEvent): Promise<readonly EventLink[]> {
    const links = (await load.effects.load(fact.id)) ?? []
    return resolveLinks(load, links, ({effectTable, effectId}) => `${effectTable} ${effectId}`)
  }

  @FieldResolver(() => GenerationEvent, {nullable: true, description: 'The verified proof that came with this payment, stake or grant.'})
  async triggeredBy(@Ctx() context: Context, @Root() event: ChainEvent): Promise<ChainEvent | null> {
    return (await this.causes(context, event)).find(({relation}) => relation === LinkRelation.TRIGGERED_BY)?.event ?? null
  }
}

type Row = Stored<'EventLink'>

async function resolveLinks(load: Context['load'], links: readonly Row[], keyOf: (link: Row) => string): Promise<readonly EventLink[]> {
  const found = await Promise.all(links.map((link) => load.linked.load(keyOf(link))))
  return links.flatMap((link, i) => {
    const other = found[i]
    const event = other && EVENT_OF[other.table]?.(other.row as never)
    return event ? [new EventLink(link, event)] : []
  })
}
