import {Field, ObjectType, registerEnumType} from 'type-graphql'
import {shareOf} from '../../domain/royaltyInfo'
import {Account, accountOrNull} from '../account/account'
import {Asset} from '../asset/asset'
import {BigIntScalar} from '../scalars'
import type {Stored} from '../stored'

export const RoyaltyDueStatus = {DUE: 'DUE', NONE: 'NONE', AMBIGUOUS: 'AMBIGUOUS', INVALID: 'INVALID', UNKNOWN: 'UNKNOWN'} as const
registerEnumType(RoyaltyDueStatus, {
  name: 'RoyaltyDueStatus',
  description: 'What a contract answered when it was asked what is due of a sale (ERC-2981).',
  valuesConfig: {
    DUE: {description: 'The same before and after the block of the sale.'},
    NONE: {description: 'Nothing: it names nobody or no amount, or has no such function.'},
    AMBIGUOUS: {description: 'Its answers before and after the block differ: what it said at the sale is not known.'},
    INVALID: {description: 'More than the price.'},
    UNKNOWN: {description: 'It could not be asked.'},
  },
})
const STATUS: Readonly<Record<string, string>> = {call: 'DUE', ambiguous: 'AMBIGUOUS', invalid: 'INVALID', none: 'NONE'}

/** Who was paid of a sale, and over how many tokens, of which this is which, what its recipient got is shared. */
export type PaidFor = Readonly<{payments: readonly Stored<'SalePayment'>[] | null; index: number; tokens: number}>

@ObjectType({
  description: "What is due of a sold token by its contract's royaltyInfo (ERC-2981), asked at the block of the sale and before it.",
})
export class RoyaltyDue {
  readonly #row: Stored<'RoyaltyDue'>
  readonly #paid: PaidFor
  constructor(row: Stored<'RoyaltyDue'>, paid: PaidFor) {
    this.#row = row
    this.#paid = paid
  }
  @Field(() => Asset, {description: 'The token.'})
  get asset(): Asset {
    return new Asset(this.#row.assetId)
  }
  @Field(() => RoyaltyDueStatus, {description: 'What the answer is worth.'})
  get status(): string {
    return STATUS[this.#row.source.split(':')[0] ?? ''] ?? 'UNKNOWN'
  }
  @Field(() => BigIntScalar, {description: 'The price that it was asked about: an equal share of it where several tokens were sold.'})
  get basis(): string {
    return this.#row.basis
  }
  @Field(() => Account, {nullable: true, description: 'Who is due it, after the block; null: nobody, or not known.'})
  get recipient(): Account | null {
    return accountOrNull(this.#row.recipient)
  }
  @Field(() => BigIntScalar, {
    nullable: true,
    description: "How much, after the block, in the sale's currency; null: nothing, or not known.",
  })
  get amount(): string | null {
    return this.#row.amount
  }
  @Field(() => Account, {nullable: true, description: 'AMBIGUOUS: who was due it before the block.'})
  get recipientBefore(): Account | null {
    return accountOrNull(this.#row.parentRecipient)
  }
  @Field(() => BigIntScalar, {nullable: true, description: 'AMBIGUOUS: how much before the block.'})
  get amountBefore(): string | null {
    return this.#row.parentAmount
  }
  @Field(() => BigIntScalar, {
    nullable: true,
    description:
      "What the recipient got of the price beside what a seller keeps, an equal share of it where he is due something of several tokens; null: the sale's parts are not known, or nobody is due anything.",
  })
  get paid(): string | null {
    const {payments, index, tokens} = this.#paid
    if (payments === null || this.#row.recipient === null) return null
    const own = payments.filter(({recipient, part}) => recipient === this.#row.recipient && part !== 'seller')
    const sum = own.reduce((total, {amount}) => total + BigInt(amount), 0n)
    return String(shareOf(sum, index, tokens))
  }
  @Field(() => String, {description: 'How it is known: call, ambiguous, invalid, none: and why, or unknown: and why.'})
  get source(): string {
    return this.#row.source
  }
}
