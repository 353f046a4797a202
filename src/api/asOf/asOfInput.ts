import {Field, InputType, Int} from 'type-graphql'
import {DateTimeScalar, HexScalar} from '../scalars'

@InputType('AsOf', {
  description:
    'A past moment: a block by number, by hash, or by both, or a time. The answer knows what was logged up to and with that block, and nothing later.',
})
export class AsOfInput {
  @Field(() => Int, {nullable: true, description: 'Number of the block. One that is not indexed yet is refused with BLOCK_NOT_INDEXED.'})
  block?: number | null
  @Field(() => HexScalar, {
    nullable: true,
    description:
      'Hash of the block. One that is known not to be of the canonical chain is refused with BLOCK_NOT_CANONICAL, one that the index cannot tell, since it holds no event, with BLOCK_UNKNOWN.',
  })
  blockHash?: string | null
  @Field(() => DateTimeScalar, {nullable: true, description: 'The last block at or before this time.'})
  timestamp?: Date | null
  @Field(() => String, {
    nullable: true,
    description:
      'CAIP-2: which chain’s block, where several are indexed and nothing else in the question names one. A timestamp without it means every chain.',
  })
  chainId?: string | null
}
