import {Field, ObjectType} from 'type-graphql'
import {AddressScalar} from '../scalars'

@ObjectType({description: 'An address on any EVM chain: a person, a contract, or nobody yet.'})
export class Account {
  constructor(address: string) {
    this.address = address
  }

  @Field(() => AddressScalar, {description: 'Lower-case.'})
  readonly address: string
}

export const accountOrNull = (address: string | null): Account | null => (address === null ? null : new Account(address))
