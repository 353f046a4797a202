import {Ctx, Field, Int, ObjectType, Query, Resolver} from 'type-graphql'
import {formatChainId} from '../../domain/caip'
import {blockId} from '../../domain/ids'
import type {ChainState} from '../chainState'
import type {Context} from '../context'
import {BigIntScalar, DateTimeScalar, HexScalar} from '../scalars'

@ObjectType({description: 'A block by number and hash.'})
export class BlockReference {
  @Field(() => Int)
  number!: number
  @Field(() => HexScalar)
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
  @Field(() => BigIntScalar, {description: 'Logs that could not be read: see decodeFailures.'})
  decodeFailureCount!: string
}

@ObjectType({description: 'The state of the index, as of this answer.'})
export class Status {
  @Field(() => [ChainStatus])
  chains!: readonly ChainStatus[]
}

@Resolver()
export class StatusResolver {
  @Query(() => Status, {description: 'How far each chain is indexed, and what could not be read.'})
  async status(@Ctx() context: Context): Promise<Status> {
    const chains = await context.chains()
    return {chains: await Promise.all(chains.map((chain) => statusOf(context, chain)))}
  }
}

async function statusOf({db, load}: Context, {chainId, indexed, finalized}: ChainState): Promise<ChainStatus> {
  const reference = async (block: ChainState['indexed']): Promise<BlockReference | null> =>
    block && {...block, timestamp: (await load.block.load(blockId(chainId, block.number)))?.timestamp ?? null}
  const [last] = await db.query<{timestamp: Date}>('SELECT "timestamp" FROM block WHERE chain_id = $1 ORDER BY number DESC LIMIT 1', [
    chainId,
  ])
  const [failures] = await db.query<{n: string}>(`SELECT count(*)::text AS n FROM decode_failure WHERE chain_id = $1`, [chainId])
  return {
    chainId: formatChainId(chainId),
    indexedBlock: await reference(indexed),
    finalizedBlock: await reference(finalized),
    lastEventAt: last?.timestamp ?? null,
    decodeFailureCount: failures?.n ?? '0',
  }
}
