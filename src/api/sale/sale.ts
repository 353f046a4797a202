import {Ctx, Field, Int, ObjectType, registerEnumType} from 'type-graphql'
import {Account, accountOrNull} from '../account/account'
import type {Context} from '../context'
import {ChainEvent} from '../event/chainEvent'
import {AUTHORITY_FIELD, addressField, FACT_FIELDS} from '../event/fields'
import {createList} from '../list/args'
import type {ListSpec} from '../list/spec'
import {Currency} from '../royalty/currency'
import {BigIntScalar, HexScalar} from '../scalars'
import type {Stored} from '../stored'
import {RoyaltyDue} from './royaltyDue'
import {SaleItem, SaleOrder, SalePayment} from './saleParts'

export const SaleKind = {PRICED: 'priced', BARTER: 'barter', MIXED: 'mixed', UNPAID: 'unpaid', UNCLEAR: 'unclear'} as const
registerEnumType(SaleKind, {
  name: 'SaleKind',
  description: 'Whether a sale has a price. What has none gets none.',
  valuesConfig: {
    PRICED: {description: 'For one sum in one currency.'},
    BARTER: {description: 'Tokens for tokens, perhaps with money beside them.'},
    MIXED: {description: 'For several currencies.'},
    UNPAID: {description: 'For no money.'},
    UNCLEAR: {
      description:
        'Several sellers or buyers, or payers or recipients that the log does not tell, for one sum; or a token that somebody sold to himself.',
    },
  },
})

@ObjectType({
  implements: ChainEvent,
  description:
    'A trade of tokens through a marketplace: one, however many logs tell it. Its place is that of the order that has the price.',
})
export class Sale extends ChainEvent {
  readonly #row: Stored<'Sale'>
  constructor(row: Stored<'Sale'>) {
    super(row, row.emitter, row.authority)
    this.#row = row
  }
  @Field(() => SaleKind, {description: 'Whether it has a price.'})
  get kind(): string {
    return this.#row.kind
  }
  @Field(() => Account, {description: 'Who gave the tokens.'})
  get seller(): Account {
    return new Account(this.#row.seller)
  }
  @Field(() => Account, {description: 'Who got the tokens; may be a contract that buys for others: see transactionFrom.'})
  get buyer(): Account {
    return new Account(this.#row.buyer)
  }
  @Field(() => Account, {nullable: true, description: 'Who sent the transaction.'})
  get transactionFrom(): Account | null {
    return accountOrNull(this.#row.transactionFrom)
  }
  @Field(() => BigIntScalar, {
    nullable: true,
    description:
      "What was paid in all, fees and royalties included: the sum of the payments. In the currency's smallest unit; null unless kind is PRICED.",
  })
  get price(): string | null {
    return this.#row.price
  }
  @Field(() => Currency, {nullable: true, description: 'What the price is counted in; null unless kind is PRICED.'})
  get currency(): Currency | null {
    return this.#row.currency === null ? null : new Currency(this.#row.currency, this.#row.chainId)
  }
  @Field(() => Int, {description: 'Tokens in it; a bundle has several, and one price.'})
  get itemCount(): number {
    return this.#row.itemCount
  }
  @Field(() => [SaleItem], {description: 'The tokens.'})
  async items(@Ctx() {load}: Context): Promise<readonly SaleItem[]> {
    return (await load.saleItems.load(this.#row.id)).map((row) => new SaleItem(row))
  }
  @Field(() => Boolean, {description: 'Whether the logs tell who got how much; else there are no payments.'})
  get paymentsKnown(): boolean {
    return this.#row.partsKnown
  }
  @Field(() => [SalePayment], {description: 'Who got how much of the price, the seller included.'})
  async payments(@Ctx() {load}: Context): Promise<readonly SalePayment[]> {
    return (await load.salePayments.load(this.#row.id)).map((row) => new SalePayment(row))
  }
  @Field(() => [SaleOrder], {description: 'The orders that tell it: both sides of a match.'})
  async orders(@Ctx() {load}: Context): Promise<readonly SaleOrder[]> {
    return (await load.saleOrders.load(this.#row.id)).map((row) => new SaleOrder(row))
  }
  @Field(() => [RoyaltyDue], {
    description:
      'What the contracts of its tokens said is due of the price (ERC-2981); empty where nobody was asked: royaltyInfo of the chain in indexer.yaml.',
  })
  async royaltiesDue(@Ctx() {load}: Context): Promise<readonly RoyaltyDue[]> {
    const rows = await load.royaltiesDue.load(this.#row.id)
    if (rows.length === 0) return []
    const payments = this.#row.partsKnown ? await load.salePayments.load(this.#row.id) : null
    return rows.map((row) => {
      const ofRecipient = rows.filter(({recipient}) => recipient === row.recipient)
      return new RoyaltyDue(row, {payments, index: ofRecipient.indexOf(row), tokens: ofRecipient.length})
    })
  }
  @Field(() => HexScalar, {nullable: true, description: 'Hash of the order that has the price; royalty payments name it as saleRef.'})
  get orderRef(): string | null {
    return this.#row.orderRef
  }
  @Field(() => String, {description: 'Which standard it came by.'})
  get standard(): string {
    return this.#row.standard
  }
}

const ofAnyItem = (condition: string) => `t."id" IN (SELECT i.sale_id FROM sale_item i WHERE ${condition})`
const ofAnyPayment = (condition: string) => `t."id" IN (SELECT p.sale_id FROM sale_payment p WHERE ${condition})`

const spec: ListSpec = {
  name: 'Sale',
  table: 'Sale',
  defaultOrder: 'TIMESTAMP_DESC',
  hasAuthority: true,
  fields: {
    ...FACT_FIELDS,
    asset: {kind: 'asset', sql: 'i."asset_id"', ofAny: ofAnyItem, description: 'One of its tokens, CAIP-19.'},
    collection: {kind: 'collection', sql: 'i."collection_id"', ofAny: ofAnyItem, description: 'Collection of one of its tokens.'},
    paidTo: {kind: 'address', sql: 'p."recipient"', ofAny: ofAnyPayment, description: 'Who received a part of the price.'},
    seller: addressField('seller', 'Who gave the tokens.'),
    buyer: addressField('buyer', 'Who got the tokens.'),
    currency: addressField('currency', 'The token; the zero address: the native coin.'),
    price: {kind: 'bigint', sql: 't."price"', description: 'What was paid in all.'},
    kind: {kind: 'enum', sql: 't."kind"', values: SaleKind, description: 'whether it has a price'},
    orderRef: {kind: 'hex', sql: 't."order_ref"', description: 'Hash of the order.'},
    marketplace: addressField('emitter', 'The contract that logged it.'),
    authority: AUTHORITY_FIELD,
  },
}
export const sales = createList(
  spec,
  () => Sale,
  (row: Stored<'Sale'>) => new Sale(row),
)
