import {Field, ObjectType, registerEnumType} from 'type-graphql'
import {Account} from '../account/account'
import {ChainEvent} from '../event/chainEvent'
import {BigIntScalar, HexScalar} from '../scalars'
import type {Stored} from '../stored'

export const OracleEventKind = {REQUESTED: 'requested', ANSWERED: 'answered'} as const
registerEnumType(OracleEventKind, {
  name: 'OracleEventKind',
  description: 'What an oracle told.',
  valuesConfig: {
    REQUESTED: {description: 'It was asked.'},
    ANSWERED: {description: 'It answered; a later answer to the same request replaces this one.'},
  },
})

@ObjectType({
  implements: ChainEvent,
  description:
    'An oracle was asked, or answered (ORA OAO). It names no asset: a generation finds its requests by the prompt, as oracleRequests.',
})
export class OracleEvent extends ChainEvent {
  readonly #row: Stored<'OracleEvent'>
  constructor(row: Stored<'OracleEvent'>) {
    super(row, row.emitter, row.authority)
    this.#row = row
  }
  @Field(() => OracleEventKind, {description: 'Whether it was asked, or answered.'})
  get kind(): string {
    return this.#row.kind
  }
  @Field(() => BigIntScalar, {description: 'Number within the oracle, the same for a request and its answers.'})
  get requestId(): string {
    return this.#row.requestId
  }
  @Field(() => Account, {description: 'REQUESTED: the contract that the answer goes to; ANSWERED: who gave it.'})
  get requester(): Account {
    return new Account(this.#row.requester)
  }
  @Field(() => HexScalar, {nullable: true, description: 'REQUESTED: the model that was asked, by the oracle’s numbers.'})
  get modelId(): string | null {
    return this.#row.modelId
  }
  @Field(() => String, {nullable: true, description: 'REQUESTED: the input, mostly the prompt, where it is text.'})
  get input(): string | null {
    return this.#row.input
  }
  @Field(() => HexScalar, {nullable: true, description: 'REQUESTED: keccak256 of the input.'})
  get inputHash(): string | null {
    return this.#row.inputHash
  }
  @Field(() => HexScalar, {nullable: true, description: 'ANSWERED: keccak256 of the output.'})
  get outputHash(): string | null {
    return this.#row.outputHash
  }
}
