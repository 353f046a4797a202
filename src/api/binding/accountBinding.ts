import {Field, ObjectType} from 'type-graphql'
import {Account, accountOrNull} from '../account/account'
import {Asset} from '../asset/asset'
import {ChainEvent} from '../event/chainEvent'
import type {Stored} from '../stored'

@ObjectType({implements: ChainEvent, description: 'An account was bound to a token: whoever owns the token commands it (ERC-6551).'})
export class AccountBinding extends ChainEvent {
  readonly #row: Stored<'AccountBinding'>
  constructor(row: Stored<'AccountBinding'>) {
    super(row, row.emitter, row.authority)
    this.#row = row
  }
  @Field(() => Account, {description: 'The account.'})
  get account(): Account {
    return new Account(this.#row.account)
  }
  @Field(() => Asset, {description: 'The token, perhaps on another chain.'})
  get asset(): Asset {
    return new Asset(this.#row.assetId)
  }
  @Field(() => Account, {nullable: true, description: 'Code of the account; null when the log does not tell it.'})
  get implementation(): Account | null {
    return accountOrNull(this.#row.implementation)
  }
}
