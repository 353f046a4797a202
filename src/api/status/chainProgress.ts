import {Field, Float, Int, ObjectType} from 'type-graphql'
import {DateTimeScalar} from '../scalars'
import type {Snapshot} from '../snapshot'

export type ProgressRow = Readonly<{
  first_block: number
  end_block: number | null
  head_block: number | null
  head_seen_at: Date | null
  finality: string
  events_per_second: number | null
  blocks_per_second: number | null
  problem: string | null
  noted_at: Date
}>

export async function loadProgress(db: Snapshot, chainId: number): Promise<ProgressRow | null> {
  const [row] = await db.query<ProgressRow>(
    `SELECT first_block, end_block, head_block, head_seen_at, finality, events_per_second, blocks_per_second, problem,
       noted_at
     FROM chain_progress WHERE chain_id = $1`,
    [chainId],
    true,
  )
  return row ?? null
}

@ObjectType({description: 'How a processor gets on, as it last told.'})
export class ChainProgress {
  readonly #row: ProgressRow
  readonly #indexed: number | null
  constructor(row: ProgressRow, indexed: number | null) {
    this.#row = row
    this.#indexed = indexed
  }
  @Field(() => Int, {description: 'The first block that is indexed, by the configuration.'})
  get firstBlock(): number {
    return this.#row.first_block
  }
  @Field(() => Int, {
    nullable: true,
    description: "Where it goes: the last block of the configuration, else the nodes' head; null: not known.",
  })
  get targetBlock(): number | null {
    return this.#row.end_block ?? this.#row.head_block
  }
  @Field(() => Float, {nullable: true, description: 'Share of the way from firstBlock to targetBlock, 0 to 1.'})
  get share(): number | null {
    const [target, first] = [this.targetBlock, this.firstBlock]
    if (target === null || this.#indexed === null) return null
    return target <= first ? 1 : Math.min(1, Math.max(0, (this.#indexed - first) / (target - first)))
  }
  @Field(() => Float, {nullable: true, description: 'Events indexed a second, over its last seconds of work; null: too soon to tell.'})
  get eventsPerSecond(): number | null {
    return this.#row.events_per_second
  }
  @Field(() => Float, {nullable: true, description: 'Blocks indexed a second, over its last seconds of work; null: too soon to tell.'})
  get blocksPerSecond(): number | null {
    return this.#row.blocks_per_second
  }
  @Field(() => Float, {nullable: true, description: 'How long the target is away at this speed; 0: there; null: cannot be told.'})
  get secondsLeft(): number | null {
    const [target, speed] = [this.targetBlock, this.blocksPerSecond]
    if (target === null || this.#indexed === null) return null
    if (this.#indexed >= target) return 0
    return speed === null || speed <= 0 ? null : Math.round((target - this.#indexed) / speed)
  }
  @Field(() => String, {description: 'The rule by which blocks are final: the finalized tag of the nodes, or a number of confirmations.'})
  get finalityRule(): string {
    return this.#row.finality
  }
  @Field(() => DateTimeScalar, {description: 'When it told this: every few seconds while it runs.'})
  get notedAt(): Date {
    return this.#row.noted_at
  }
}

/** Behind the nodes' head as it was last seen; in seconds by the last block whose time is known. */
export function lagOf(row: ProgressRow | null, indexed: number | null, lastEventAt: Date | null, now: Date) {
  if (!row || row.head_block === null || indexed === null) return {headBlock: row?.head_block ?? null, lagBlocks: null, lagSeconds: null}
  const lagBlocks = Math.max(0, row.head_block - indexed)
  const since = lastEventAt === null ? null : Math.max(0, (now.getTime() - lastEventAt.getTime()) / 1000)
  return {headBlock: row.head_block, lagBlocks, lagSeconds: lagBlocks === 0 ? 0 : since}
}

/** Notes come every few seconds; a database that is away for a moment, or a replica behind, is no problem of the processor. */
const SILENT_SECONDS = 60

/** Why a chain gets no new blocks, as its processor last told, or that it tells nothing any more. */
export function problemOf(row: ProgressRow | null, indexed: number | null, now: Date): string | null {
  if (!row || (row.end_block !== null && indexed !== null && indexed >= row.end_block)) return null
  const seconds = Math.round((now.getTime() - row.noted_at.getTime()) / 1000)
  return seconds > SILENT_SECONDS ? `the processor has told nothing for ${seconds} s` : row.problem
}
