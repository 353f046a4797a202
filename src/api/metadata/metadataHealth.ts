import {Field, Int, ObjectType, registerEnumType} from 'type-graphql'
import {DateTimeScalar} from '../scalars'

export const MetadataState = {FRESH: 'fresh', STALE: 'stale', UNREAD: 'unread', FAILING: 'failing'} as const
registerEnumType(MetadataState, {
  name: 'MetadataState',
  description: 'How the metadata of an asset stands.',
  valuesConfig: {
    FRESH: {description: 'Read since the last change that its contract spoke of.'},
    STALE: {description: 'Read, and changed since, as its contract says.'},
    UNREAD: {description: 'Not tried yet.'},
    FAILING: {description: 'The last try failed; what was read before stays.'},
  },
})

export type HealthRow = Readonly<{
  id: string
  priority: number | null
  due_at: Date | null
  leased_until: Date | null
  failures: number
  tried_at: Date | null
  failure_kind: string | null
  failure_reason: string | null
  attempts: readonly AttemptRow[]
  read_at: Date | null
  read_block: number | null
}>
type AttemptRow = Readonly<{gateway: string; status: number | null; kind: string | null; reason: string; durationMs: number; at: string}>

@ObjectType({description: 'One question to one server.'})
export class MetadataAttempt {
  readonly #row: AttemptRow
  constructor(row: AttemptRow) {
    this.#row = row
  }
  @Field(() => DateTimeScalar, {description: 'When.'})
  get at(): string {
    return this.#row.at
  }
  @Field(() => String, {description: 'Scheme and host of who was asked.'})
  get gateway(): string {
    return this.#row.gateway
  }
  @Field(() => Int, {nullable: true, description: 'HTTP status; null when no answer came.'})
  get status(): number | null {
    return this.#row.status
  }
  @Field(() => String, {
    nullable: true,
    description: 'Kind of the failure, as timeout or dishonest_gateway; null: it answered with the document.',
  })
  get failure(): string | null {
    return this.#row.kind
  }
  @Field(() => String, {description: 'The same in words.'})
  get reason(): string {
    return this.#row.reason
  }
  @Field(() => Int, {description: 'How long it took.'})
  get durationMs(): number {
    return this.#row.durationMs
  }
}

@ObjectType({description: 'Why is it missing, or old? Every try, and the next one.'})
export class MetadataHealth {
  readonly #row: HealthRow | null
  readonly #staleSince: Date | null
  constructor(row: HealthRow | null, staleSince: Date | null) {
    this.#row = row
    this.#staleSince = staleSince
  }
  @Field(() => MetadataState, {description: 'How it stands.'})
  get state(): string {
    if (!this.#row?.tried_at) return 'unread'
    if (this.#row.failure_kind !== null) return 'failing'
    return this.#staleSince ? 'stale' : 'fresh'
  }
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Block time of the first change that no reading covers, or of the mint where nothing was read; null: fresh.',
  })
  get staleSince(): Date | null {
    return this.#staleSince
  }
  @Field(() => Boolean, {description: 'Whether it waits to be read.'})
  get queued(): boolean {
    return this.#row?.priority != null
  }
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When it is tried next; null: when an event, a reader, a request or the schedule says so.',
  })
  get nextTryAt(): Date | null {
    return this.#row?.priority == null ? null : this.#row.due_at
  }
  @Field(() => DateTimeScalar, {nullable: true, description: 'When it was last tried.'})
  get triedAt(): Date | null {
    return this.#row?.tried_at ?? null
  }
  @Field(() => DateTimeScalar, {nullable: true, description: 'When it was last read.'})
  get readAt(): Date | null {
    return this.#row?.read_at ?? null
  }
  @Field(() => Int, {nullable: true, description: 'Block at which its URI was last read.'})
  get readBlock(): number | null {
    return this.#row?.read_block ?? null
  }
  @Field(() => Int, {description: 'Failures in a row.'})
  get failures(): number {
    return this.#row?.failures ?? 0
  }
  @Field(() => String, {
    nullable: true,
    description: 'Kind of the last failure, as reverted, not_found or refused_address; null: the last try succeeded.',
  })
  get failure(): string | null {
    return this.#row?.failure_kind ?? null
  }
  @Field(() => String, {nullable: true, description: 'The same in words.'})
  get failureReason(): string | null {
    return this.#row?.failure_reason ?? null
  }
  @Field(() => [MetadataAttempt], {description: 'The last 20 questions to servers, the oldest first.'})
  get attempts(): readonly MetadataAttempt[] {
    return (this.#row?.attempts ?? []).map((row) => new MetadataAttempt(row))
  }
}
