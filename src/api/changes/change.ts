import {Ctx, Field, Int, ObjectType} from 'type-graphql'
import {formatChainId} from '../../domain/caip'
import {ChangeKind} from '../../domain/provenanceKind'
import {cursorOf, formatCursor} from '../../feed/journal/cursor'
import {filterKind, type JournalChange} from '../../feed/journal/journalChange'
import {Asset} from '../asset/asset'
import {isFinal} from '../chainState'
import {Collection} from '../collection/collection'
import type {Context} from '../context'
import {ChainEvent, Finality} from '../event/chainEvent'
import {BigIntScalar, HexScalar, JsonScalar} from '../scalars'
import {loadFact} from './changeFacts'
import {kindOfTable} from './changeKind'

@ObjectType({description: 'An entry of the feed: something happened, or a fork took back what had.'})
export class Change {
  #cursor: string | null = null

  /** `fact`: when somebody has loaded it before. */
  constructor(
    readonly feedId: string,
    readonly entry: JournalChange,
    private readonly fact?: ChainEvent | null,
  ) {}

  @Field(() => String, {description: 'For after: the place behind this entry. The same for polling, subscriptions and webhooks.'})
  get cursor(): string {
    this.#cursor ??= formatCursor(cursorOf(this.feedId, this.entry))
    return this.#cursor
  }
  @Field(() => BigIntScalar, {description: 'Place in the feed: 1, 2, 3, … without gaps. Chains interleave; each is in its own order.'})
  get position(): string {
    return String(this.entry.position)
  }
  @Field(() => ChangeKind, {description: 'What it is about.'})
  get kind(): string {
    return kindOfTable(filterKind(this.entry))
  }
  @Field(() => String, {nullable: true, description: 'CAIP-2; null where a worker speaks of no chain in particular.'})
  get chainId(): string | null {
    return this.entry.chainId === null ? null : formatChainId(Number(this.entry.chainId))
  }
  @Field(() => String, {description: 'Event key, the id of event. With blockHash it names the same event in every run of an indexer.'})
  get eventId(): string {
    return this.entry.eventId
  }
  @Field(() => Int, {nullable: true, description: 'The block of the event; null for OBSERVATION.'})
  get blockNumber(): number | null {
    return this.entry.blockNumber
  }
  @Field(() => HexScalar, {nullable: true, description: 'Hash of that block, also when it is no longer on the chain.'})
  get blockHash(): string | null {
    return this.entry.blockHash
  }
  @Field(() => Finality, {nullable: true, description: 'Whether a fork can still take it back; null for OBSERVATION.'})
  async finality(@Ctx() context: Context): Promise<string | null> {
    const {chainId, blockNumber, retracts, retractedBy} = this.entry
    if (chainId === null || blockNumber === null) return null
    const isSettled = retracts === null && retractedBy === null && isFinal(await context.chains(), chainId, blockNumber)
    return isSettled || retracts !== null ? Finality.FINAL : Finality.HEAD
  }
  @Field(() => [Collection], {description: 'The contracts whose assets it concerns.'})
  get collections(): readonly Collection[] {
    return this.entry.collections.map((key) => new Collection(key))
  }
  @Field(() => [Asset], {description: 'The assets that it names; none for ranges and for what concerns a whole contract.'})
  get assets(): readonly Asset[] {
    return this.entry.assets.map((key) => new Asset(key))
  }
  @Field(() => ChainEvent, {
    nullable: true,
    description:
      'What happened. Null in a retraction, in an OBSERVATION, and when a fork has already taken it back: retractedBy says where.',
  })
  event(@Ctx() context: Context): ChainEvent | null | Promise<ChainEvent | null> {
    return this.fact === undefined ? loadFact(context, this.entry) : this.fact
  }
  @Field(() => Boolean, {description: 'Whether this entry takes another one back: undo what retracts names.'})
  get retracted(): boolean {
    return this.entry.retracts !== null
  }
  @Field(() => BigIntScalar, {
    nullable: true,
    description: 'Position of the entry that a fork took back; its eventId and block are repeated here.',
  })
  get retracts(): string | null {
    return this.entry.retracts === null ? null : String(this.entry.retracts)
  }
  @Field(() => BigIntScalar, {nullable: true, description: 'Position of the entry that takes this one back, as far as is known by now.'})
  get retractedBy(): string | null {
    return this.entry.retractedBy === null ? null : String(this.entry.retractedBy)
  }
  @Field(() => Boolean, {description: 'A retraction of what the chain had called final: it broke its own promise.'})
  get wasFinal(): boolean {
    return this.entry.wasFinal
  }
  @Field(() => JsonScalar, {nullable: true, description: 'OBSERVATION: what was observed.'})
  get payload(): unknown {
    return this.entry.payload
  }
}
