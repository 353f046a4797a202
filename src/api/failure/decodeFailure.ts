import {Args, Ctx, Field, Int, ObjectType, Query, Resolver} from 'type-graphql'
import type {Context} from '../context'
import {ChainEvent} from '../event/chainEvent'
import {addressField, FACT_FIELDS} from '../event/fields'
import {createList} from '../list/args'
import type {PageArgs} from '../list/pageArgs'
import type {ListSpec} from '../list/spec'
import {HexScalar} from '../scalars'
import type {Stored} from '../stored'

@ObjectType({
  implements: ChainEvent,
  description: "A log that has a standard's topic and could not be read: nothing relevant is lost without a trace.",
})
export class DecodeFailure extends ChainEvent {
  readonly #row: Stored<'DecodeFailure'>
  constructor(row: Stored<'DecodeFailure'>) {
    super(row, row.address)
    this.#row = row
  }
  @Field(() => HexScalar, {description: 'First topic: what the log was recognised by.'})
  get topic0(): string {
    return this.#row.topic0
  }
  @Field(() => Int, {description: 'Number of its topics.'})
  get topicCount(): number {
    return this.#row.topicCount
  }
  @Field(() => Int, {description: 'Length of its data in bytes.'})
  get dataBytes(): number {
    return this.#row.dataBytes
  }
  @Field(() => String, {description: 'What it was taken for.'})
  get signature(): string {
    return this.#row.signature
  }
  @Field(() => String, {description: 'unknown_layout, malformed, out_of_range or too_large.'})
  get reason(): string {
    return this.#row.reason
  }
  @Field(() => String, {description: 'The same for people.'})
  get detail(): string {
    return this.#row.detail
  }
}

export const decodeFailureSpec: ListSpec = {
  name: 'DecodeFailure',
  table: 'DecodeFailure',
  defaultOrder: 'ID_DESC',
  fields: {
    chainId: FACT_FIELDS.chainId,
    blockNumber: FACT_FIELDS.blockNumber,
    transactionHash: FACT_FIELDS.transactionHash,
    timestamp: {...FACT_FIELDS.timestamp, orderable: false},
    emitter: addressField('address', 'Who emitted it.'),
    reason: {kind: 'text', sql: 't."reason"', description: 'unknown_layout, malformed, out_of_range or too_large.'},
    topic0: {kind: 'hex', sql: 't."topic0"', description: 'First topic.'},
  },
}
export const decodeFailures = createList(
  decodeFailureSpec,
  () => DecodeFailure,
  (row: Stored<'DecodeFailure'>) => new DecodeFailure(row),
)

@Resolver()
export class DecodeFailureResolver {
  @Query(() => decodeFailures.Connection, {description: 'Logs that could not be read, newest first.'})
  decodeFailures(@Ctx() context: Context, @Args(() => decodeFailures.Args) args: PageArgs): Promise<object> {
    return decodeFailures.fetch(context, args)
  }
}
