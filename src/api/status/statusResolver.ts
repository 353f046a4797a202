import {Ctx, Field, Float, Int, ObjectType, Query, Resolver} from 'type-graphql'
import {formatChainId} from '../../domain/caip'
import {blockId} from '../../domain/ids'
import type {ChainState} from '../chainState'
import type {Context} from '../context'
import {decodeFailureSpec} from '../failure/decodeFailure'
import {countRows} from '../list/count'
import {BigIntScalar, DateTimeScalar, HexScalar} from '../scalars'
import {ChainProgress, lagOf, loadProgress, problemOf} from './chainProgress'

@ObjectType({description: 'A block by number and hash.'})
export class BlockReference {
  @Field(() => Int, {description: 'Its number.'})
  number!: number
  @Field(() => HexScalar, {description: 'Its hash.'})
  hash!: string
  @Field(() => DateTimeScalar, {nullable: true, description: 'Its time; null for blocks without an indexed event.'})
  timestamp!: Date | null
}

@ObjectType({description: 'How far a chain is indexed.'})
export class ChainStatus {
  @Field(() => String, {description: 'CAIP-2.'})
  chainId!: string
  @Field(() => BlockReference, {nullable: true, description: 'Last indexed block; null before the first.'})
  indexedBlock!: BlockReference | null
  @Field(() => BlockReference, {nullable: true, description: 'Up to here no fork changes anything.'})
  finalizedBlock!: BlockReference | null
  @Field(() => DateTimeScalar, {nullable: true, description: 'Time of the last block that held an indexed event.'})
  lastEventAt!: Date | null
  @Field(() => Int, {nullable: true, description: "The nodes' newest block, as the processor last saw it; null: not known."})
  headBlock!: number | null
  @Field(() => Int, {nullable: true, description: "Blocks between the nodes' head and the last indexed block; null: not known."})
  lagBlocks!: number | null
  @Field(() => Float, {
    nullable: true,
    description:
      'How old the last block with an indexed event is while the nodes have newer blocks than the index; 0: they have none; null: not known.',
  })
  lagSeconds!: number | null
  @Field(() => String, {
    nullable: true,
    description:
      'Why no new blocks are indexed: the reason of /ready of its processor, without what nodes are called and said, or that the processor has told nothing for a minute. Null: nothing is wrong, its last block is indexed, or no processor has told.',
  })
  problem!: string | null
  @Field(() => ChainProgress, {nullable: true, description: 'How its processor gets on; null where none has told.'})
  progress!: ChainProgress | null
  @Field(() => BigIntScalar, {description: 'Logs that could not be read, see decodeFailures: exact up to 10,000, else an estimate.'})
  decodeFailureCount!: string
  @Field(() => Boolean, {description: 'Whether decodeFailureCount is an estimate.'})
  decodeFailureCountIsEstimate!: boolean
}

@ObjectType({description: 'The state of the index, as of this answer.'})
export class Status {
  @Field(() => [ChainStatus], {description: 'Every configured chain, and every other that the database has state of.'})
  chains!: readonly ChainStatus[]
  @Field(() => Int, {
    description:
      'Indexes that wait for the end of the first backfill. Until it is 0, questions about long histories are slow and may time out.',
  })
  indexesToBuild!: number
}

@Resolver()
export class StatusResolver {
  @Query(() => Status, {description: 'How far each chain is indexed, and what could not be read.'})
  async status(@Ctx() context: Context): Promise<Status> {
    const chains = await context.chains()
    const [deferred] = await context.db.query<{count: number}>('SELECT count(*)::int AS count FROM deferred_index', [])
    return {chains: await Promise.all(chains.map((chain) => statusOf(context, chain))), indexesToBuild: deferred?.count ?? 0}
  }
}

async function statusOf(context: Context, {chainId, indexed, finalized}: ChainState): Promise<ChainStatus> {
  const {db, load} = context
  const reference = async (block: ChainState['indexed']): Promise<BlockReference | null> =>
    block && {...block, timestamp: (await load.block.load(blockId(chainId, block.number)))?.timestamp ?? null}
  const [last] = await db.query<{timestamp: Date}>('SELECT "timestamp" FROM block WHERE chain_id = $1 ORDER BY number DESC LIMIT 1', [
    chainId,
  ])
  const progress = await loadProgress(db, chainId)
  const failures = await countRows(context, decodeFailureSpec, {where: {chainId: {eq: formatChainId(chainId)}}})
  return {
    chainId: formatChainId(chainId),
    indexedBlock: await reference(indexed),
    finalizedBlock: await reference(finalized),
    lastEventAt: last?.timestamp ?? null,
    ...lagOf(progress, indexed?.number ?? null, last?.timestamp ?? null, context.now),
    problem: problemOf(progress, indexed?.number ?? null, context.now),
    progress: progress && new ChainProgress(progress, indexed?.number ?? null),
    decodeFailureCount: String(failures.value),
    decodeFailureCountIsEstimate: failures.isEstimate,
  }
}
