import {Ctx, Field, ObjectType, registerEnumType} from 'type-graphql'
import {Account} from '../account/account'
import {Asset} from '../asset/asset'
import type {Context} from '../context'
import {ChainEvent} from '../event/chainEvent'
import {ASSET_FIELD, AUTHORITY_FIELD, addressField, COLLECTION_FIELD, FACT_FIELDS} from '../event/fields'
import {licenseSpec} from '../license/licenseSpec'
import {createList} from '../list/args'
import {formatLicenseId} from '../list/parameters'
import type {ListSpec} from '../list/spec'
import {Sale} from '../sale/sale'
import {BigIntScalar, HexScalar} from '../scalars'
import {payoutOf, SplitPayout} from '../split/splitPayout'
import type {Stored} from '../stored'
import {Currency} from './currency'
import {RecipientRole, ROLE_FIELD} from './recipientRole'

export const RoyaltyKind = {SALE: 'SALE', LICENSE_FEE: 'LICENSE_FEE', DERIVATIVE_SHARE: 'DERIVATIVE_SHARE', OTHER: 'OTHER'} as const
registerEnumType(RoyaltyKind, {
  name: 'RoyaltyKind',
  description: 'What was paid for.',
  valuesConfig: {
    SALE: {description: 'Royalty on a sale.'},
    LICENSE_FEE: {description: 'Fee of a licence.'},
    DERIVATIVE_SHARE: {description: 'Share of what a derivative earned.'},
    OTHER: {description: 'Anything else, and numbers that the standard does not know.'},
  },
})
export const RoyaltySource = {SALE: 'SALE', LOG: 'LOG'} as const
registerEnumType(RoyaltySource, {
  name: 'RoyaltySource',
  description: 'What told of a payment. One payment may be told by both: a log may name the sale (saleRef) that has it among its parts.',
  valuesConfig: {
    SALE: {description: 'A sale has it among its parts.'},
    LOG: {description: 'A log of its own told it.'},
  },
})
export const SOURCE_SQL = `(CASE WHEN t."sale_id" IS NULL THEN 'LOG' ELSE 'SALE' END)`
const KINDS = Object.values(RoyaltyKind)
export const royaltyKind = (kind: number): string => KINDS[kind] ?? RoyaltyKind.OTHER

@ObjectType({implements: ChainEvent, description: 'Money that a log says was paid for an asset, be it as a part of a sale.'})
export class RoyaltyPayment extends ChainEvent {
  readonly #row: Stored<'RoyaltyPayment'>
  constructor(row: Stored<'RoyaltyPayment'>) {
    super(row, row.emitter, row.authority)
    this.#row = row
  }
  @Field(() => Asset, {description: 'What was paid for.'})
  get asset(): Asset {
    return new Asset(this.#row.assetId)
  }
  @Field(() => Account, {description: 'Who was debited.'})
  get payer(): Account {
    return new Account(this.#row.payer)
  }
  @Field(() => Account, {description: 'Who received it.'})
  get recipient(): Account {
    return new Account(this.#row.recipient)
  }
  @Field(() => Currency, {description: 'What the amounts are counted in.'})
  get currency(): Currency {
    return new Currency(this.#row.currency, this.#row.chainId)
  }
  @Field(() => BigIntScalar, {description: "Net, what the recipient received, in the currency's smallest unit."})
  get amount(): string {
    return this.#row.amount
  }
  @Field(() => BigIntScalar, {nullable: true, description: 'Before deductions; null when the log does not tell.'})
  get gross(): string | null {
    return this.#row.gross
  }
  @Field(() => BigIntScalar, {nullable: true, description: 'Price or revenue that it was computed from; null when unknown.'})
  get basis(): string | null {
    return this.#row.basis
  }
  @Field(() => RoyaltyKind, {description: 'What for.'})
  get kind(): string {
    return royaltyKind(this.#row.kind)
  }
  @Field(() => String, {nullable: true, description: 'License it was paid for.'})
  get licenseId(): string | null {
    return this.#row.licenseRef === null ? null : formatLicenseId(this.#row.licenseRef)
  }
  @Field(() => RoyaltySource, {description: 'What told of it.'})
  get source(): string {
    return this.#row.saleId === null ? RoyaltySource.LOG : RoyaltySource.SALE
  }
  @Field(() => HexScalar, {nullable: true, description: 'Order hash of the marketplace.'})
  get saleRef(): string | null {
    return this.#row.saleRef
  }
  @Field(() => Sale, {nullable: true, description: 'The sale that it is a part of; null when a log of its own told it.'})
  async sale(@Ctx() {load}: Context): Promise<Sale | null> {
    const row = this.#row.saleId === null ? null : await load.sale.load(this.#row.saleId)
    return row && new Sale(row)
  }
  @Field(() => Boolean, {
    description:
      'Whether the amount is an equal share that was reckoned: a sale of several assets has one royalty. Its shares add up to it.',
  })
  get isEstimate(): boolean {
    return this.#row.isEstimate
  }
  @Field(() => SplitPayout, {nullable: true, description: 'Where the recipient is a split: who gets what of the amount.'})
  payout(@Ctx() context: Context): Promise<SplitPayout | null> {
    const {chainId, recipient, id, amount} = this.#row
    return payoutOf(context, `${chainId}-${recipient}`, id, amount)
  }
  @Field(() => RecipientRole, {nullable: true, description: ROLE_FIELD})
  get role(): string | null {
    return this.#row.role
  }
  @Field(() => String, {description: 'Which standard it came by.'})
  get standard(): string {
    return this.#row.standard
  }
}

export const ROYALTY_FIELDS: ListSpec['fields'] = {
  ...FACT_FIELDS,
  asset: ASSET_FIELD,
  collection: COLLECTION_FIELD,
  payer: addressField('payer', 'Who was debited.'),
  recipient: addressField('recipient', 'Who received it.'),
  currency: addressField('currency', 'The token; the zero address: the native coin.'),
  amount: {kind: 'bigint', sql: 't."amount"', description: 'Net amount.'},
  kind: {
    kind: 'enum',
    sql: `(CASE t."kind" WHEN 0 THEN 'SALE' WHEN 1 THEN 'LICENSE_FEE' WHEN 2 THEN 'DERIVATIVE_SHARE' ELSE 'OTHER' END)`,
    values: RoyaltyKind,
    description: 'what was paid for',
  },
  license: {
    kind: 'license',
    sql: 't."license_ref"',
    relation: licenseSpec,
    description: 'The license it was paid for, or what is true of it.',
  },
  source: {kind: 'enum', sql: SOURCE_SQL, values: RoyaltySource, description: 'what told of it'},
  saleRef: {kind: 'hex', sql: 't."sale_ref"', description: 'Order hash of the marketplace.'},
  role: {kind: 'enum', sql: 't."role"', values: RecipientRole, description: 'what the recipient is'},
  authority: AUTHORITY_FIELD,
}

const spec: ListSpec = {
  name: 'RoyaltyPayment',
  table: 'RoyaltyPayment',
  defaultOrder: 'TIMESTAMP_DESC',
  hasAuthority: true,
  fields: ROYALTY_FIELDS,
}
export const royaltySpec = spec
export const royaltyPayments = createList(
  spec,
  () => RoyaltyPayment,
  (row: Stored<'RoyaltyPayment'>) => new RoyaltyPayment(row),
)
