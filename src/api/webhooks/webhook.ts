import {Field, InputType, Int, ObjectType, registerEnumType} from 'type-graphql'
import {ChangeKind, type ChangeKindName} from '../../domain/provenanceKind'
import type {WebhookRow} from '../../feed/webhooks/webhook'
import type {DeliveryRow} from '../../feed/webhooks/webhookStore'
import {Asset} from '../asset/asset'
import {Collection} from '../collection/collection'
import {BigIntScalar, DateTimeScalar} from '../scalars'

export const WebhookFinality = {HEAD: 'head', FINAL: 'final'} as const
registerEnumType(WebhookFinality, {
  name: 'WebhookFinality',
  description: 'When an endpoint is told.',
  valuesConfig: {
    HEAD: {description: 'At once; and of what forks take back.'},
    FINAL: {description: 'Once no fork can take it back; each chain in its own order.'},
  },
})

export const WebhookState = {ACTIVE: 'active', PAUSED: 'paused', DISABLED: 'disabled'} as const
registerEnumType(WebhookState, {
  name: 'WebhookState',
  description: 'Whether an endpoint is told.',
  valuesConfig: {
    ACTIVE: {description: 'It is.'},
    PAUSED: {description: 'Its owner has paused it; it goes on where it was.'},
    DISABLED: {description: 'It answered 410, or took nothing for days; resume it to go on where it was.'},
  },
})

export const DeliveryState = {PENDING: 'pending', DELIVERED: 'delivered', DEAD: 'dead'} as const
registerEnumType(DeliveryState, {
  name: 'DeliveryState',
  description: 'What became of a message.',
  valuesConfig: {
    PENDING: {description: 'It waits for its turn, or for another attempt.'},
    DELIVERED: {description: 'The endpoint answered with a 2xx status.'},
    DEAD: {description: 'Every attempt failed; redeliverWebhook tries again.'},
  },
})

@ObjectType({description: 'A message, in the order of the feed.'})
export class WebhookDelivery {
  constructor(readonly row: DeliveryRow) {}
  @Field(() => BigIntScalar, {description: 'Number of the message; greater is later.'})
  get id(): string {
    return this.row.id
  }
  @Field(() => DeliveryState, {description: 'What became of it.'})
  get state(): string {
    return this.row.state
  }
  @Field(() => Int, {description: 'Requests made with it.'})
  get attempts(): number {
    return this.row.attempts
  }
  @Field(() => Int, {nullable: true, description: 'HTTP status of the last answer; null when there was none.'})
  get status(): number | null {
    return this.row.status
  }
  @Field(() => String, {nullable: true, description: 'Why the last attempt failed.'})
  get error(): string | null {
    return this.row.error
  }
  @Field(() => BigIntScalar, {nullable: true, description: 'Position of its first entry; null for a ping.'})
  get firstPosition(): string | null {
    return this.row.firstPosition
  }
  @Field(() => BigIntScalar, {nullable: true, description: 'Position of its last entry; null for a ping.'})
  get lastPosition(): string | null {
    return this.row.lastPosition
  }
  @Field(() => DateTimeScalar, {description: 'When it was made.'})
  get createdAt(): Date {
    return this.row.createdAt
  }
  @Field(() => DateTimeScalar, {nullable: true, description: 'When it was delivered or given up.'})
  get doneAt(): Date | null {
    return this.row.doneAt
  }
}

@ObjectType({
  description: 'An endpoint that is told of entries of the feed by signed requests (Standard Webhooks). Its secret is shown once.',
})
export class Webhook {
  constructor(readonly row: WebhookRow) {}
  @Field(() => String, {description: 'Its name for us.'})
  get id(): string {
    return this.row.id
  }
  @Field(() => String, {description: 'Its name for people.'})
  get name(): string {
    return this.row.name
  }
  @Field(() => String, {description: 'Where requests go.'})
  get url(): string {
    return this.row.url
  }
  @Field(() => [ChangeKind], {nullable: true, description: 'Null: all.'})
  get kinds(): readonly ChangeKindName[] | null {
    return this.row.kinds
  }
  @Field(() => [Collection], {nullable: true, description: 'Entries about these contracts, or about one of assets.'})
  get collections(): readonly Collection[] | null {
    return this.row.collections?.map((key) => new Collection(key)) ?? null
  }
  @Field(() => [Asset], {nullable: true, description: 'Entries about these assets.'})
  get assets(): readonly Asset[] | null {
    return this.row.assets?.map((key) => new Asset(key)) ?? null
  }
  @Field(() => Boolean, {description: 'Also what untrusted contracts claim.'})
  get includeUnverified(): boolean {
    return this.row.includeUnverified
  }
  @Field(() => WebhookFinality, {description: 'When it is told.'})
  get finality(): string {
    return this.row.finality
  }
  @Field(() => WebhookState, {description: 'Whether it is told.'})
  get state(): string {
    return this.row.state
  }
  @Field(() => String, {nullable: true, description: 'DISABLED: why.'})
  get reason(): string | null {
    return this.row.reason
  }
  @Field(() => DateTimeScalar, {description: 'When it was made.'})
  get createdAt(): Date {
    return this.row.createdAt
  }
}

@ObjectType({description: 'A webhook and its secret, which nobody can read again.'})
export class WebhookWithSecret {
  @Field(() => Webhook, {description: 'The endpoint.'})
  webhook!: Webhook
  @Field(() => String, {description: 'whsec_…: what its requests are signed with. Shown here and nowhere else.'})
  secret!: string
}

@InputType({description: 'What an endpoint is told, and where.'})
export class WebhookInput {
  @Field(() => String, {description: 'A name for people, 1 to 100 characters.'})
  name!: string
  @Field(() => String, {description: 'https, without user name or password, at a public address.'})
  url!: string
  @Field(() => [ChangeKind], {nullable: true, description: 'Default: all.'})
  kinds?: ChangeKindName[] | null
  @Field(() => [String], {nullable: true, description: 'As in changes.'})
  collections?: string[] | null
  @Field(() => [String], {nullable: true, description: 'As in changes.'})
  assets?: string[] | null
  @Field(() => Boolean, {nullable: true, description: 'Also what untrusted contracts claim. Default false.'})
  includeUnverified?: boolean | null
}
