import {Ctx, Field, Int, ObjectType, registerEnumType} from 'type-graphql'
import {Account} from '../account/account'
import {Asset} from '../asset/asset'
import type {Context} from '../context'
import {Currency} from '../royalty/currency'
import {RecipientRole, ROLE_FIELD} from '../royalty/recipientRole'
import {BigIntScalar, HexScalar} from '../scalars'
import {payoutOf, SplitPayout} from '../split/splitPayout'
import type {Stored} from '../stored'

export const SalePaymentKind = {SELLER: 'seller', MARKETPLACE: 'marketplace', ROYALTY: 'royalty', UNCLASSIFIED: 'unclassified'} as const
registerEnumType(SalePaymentKind, {
  name: 'SalePaymentKind',
  description: 'What a part of a price is, as far as something says so.',
  valuesConfig: {
    SELLER: {description: 'What the seller kept.'},
    MARKETPLACE: {description: "A marketplace's fee."},
    ROYALTY: {description: 'A royalty; also among royaltyPayments.'},
    UNCLASSIFIED: {description: 'Nothing says what for: a fee, a royalty, a tip, what a match left unspent.'},
  },
})

export const PaymentEvidence = {ORDER: 'order', ROLES: 'roles', PROTOCOL: 'protocol', TERMS: 'terms'} as const
registerEnumType(PaymentEvidence, {
  name: 'PaymentEvidence',
  description: 'How it is known what a payment is.',
  valuesConfig: {
    ORDER: {description: 'By the order: the recipient is who sold.'},
    ROLES: {description: "By the operator's roles."},
    PROTOCOL: {description: 'A fee address that the marketplace publishes.'},
    TERMS: {description: "What royaltyInfo of the token's contract answered, the same before and after the block of the sale."},
  },
})

@ObjectType({description: 'A token that a sale moved.'})
export class SaleItem {
  readonly #row: Stored<'SaleItem'>
  constructor(row: Stored<'SaleItem'>) {
    this.#row = row
  }
  @Field(() => Asset, {description: 'Which token.'})
  get asset(): Asset {
    return new Asset(this.#row.assetId)
  }
  @Field(() => BigIntScalar, {description: 'ERC-1155: how many of the id.'})
  get amount(): string {
    return this.#row.amount
  }
  @Field(() => Account, {description: 'Who gave it: in a barter both sides give.'})
  get from(): Account {
    return new Account(this.#row.from)
  }
  @Field(() => Account, {description: 'Who got it.'})
  get to(): Account {
    return new Account(this.#row.to)
  }
}

@ObjectType({description: "A part of a sale's price."})
export class SalePayment {
  readonly #row: Stored<'SalePayment'>
  constructor(row: Stored<'SalePayment'>) {
    this.#row = row
  }
  @Field(() => Account, {description: 'Who received it.'})
  get recipient(): Account {
    return new Account(this.#row.recipient)
  }
  @Field(() => Currency, {description: "What it is counted in; the sale's currency where that has a price."})
  get currency(): Currency {
    return new Currency(this.#row.currency, this.#row.chainId)
  }
  @Field(() => BigIntScalar, {description: "In the currency's smallest unit."})
  get amount(): string {
    return this.#row.amount
  }
  @Field(() => SalePaymentKind, {description: 'What it is.'})
  get kind(): string {
    return this.#row.part
  }
  @Field(() => PaymentEvidence, {nullable: true, description: 'How that is known; null: it is not.'})
  get knownBy(): string | null {
    return this.#row.evidence
  }
  @Field(() => SplitPayout, {nullable: true, description: 'Where the recipient is a split: who gets what of the amount.'})
  payout(@Ctx() context: Context): Promise<SplitPayout | null> {
    const {chainId, recipient, saleId, amount} = this.#row
    return payoutOf(context, `${chainId}-${recipient}`, saleId, amount)
  }
  @Field(() => RecipientRole, {nullable: true, description: ROLE_FIELD})
  get role(): string | null {
    return this.#row.role
  }
}

@ObjectType({description: 'A log of a filled order that tells of a sale.'})
export class SaleOrder {
  readonly #row: Stored<'SaleOrder'>
  constructor(row: Stored<'SaleOrder'>) {
    this.#row = row
  }
  @Field(() => HexScalar, {description: 'Hash of the order.'})
  get orderRef(): string {
    return this.#row.orderRef
  }
  @Field(() => Account, {description: 'Who made the order.'})
  get maker(): Account {
    return new Account(this.#row.maker)
  }
  @Field(() => Int, {description: "Position of its log in the sale's block."})
  get logIndex(): number {
    return this.#row.orderLogIndex
  }
}
