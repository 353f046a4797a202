import {Field, ObjectType} from 'type-graphql'
import {type ChainId, formatChainId} from '../../domain/caip'
import {AddressScalar} from '../scalars'

@ObjectType({description: 'An address on any EVM chain: a person, a contract, or nobody yet.'})
export class Account {
  /** `chain`: its lists are limited to it. */
  constructor(
    address: string,
    readonly chain: ChainId | null = null,
  ) {
    this.address = address
  }

  @Field(() => AddressScalar, {description: 'Lower-case.'})
  readonly address: string

  @Field(() => String, {nullable: true, description: 'CAIP-2 of the chain that its lists are limited to; null: every indexed chain.'})
  get chainId(): string | null {
    return this.chain === null ? null : formatChainId(this.chain)
  }
}

export const accountOrNull = (address: string | null): Account | null => (address === null ? null : new Account(address))
