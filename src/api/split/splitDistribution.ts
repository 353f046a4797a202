import {Ctx, Field, ObjectType} from 'type-graphql'
import {Account} from '../account/account'
import type {Context} from '../context'
import {ChainEvent} from '../event/chainEvent'
import {AUTHORITY_FIELD, addressField, FACT_FIELDS} from '../event/fields'
import {createList} from '../list/args'
import type {ListSpec} from '../list/spec'
import {Currency} from '../royalty/currency'
import {BigIntScalar} from '../scalars'
import type {Stored} from '../stored'
import {payoutOf, SplitPayout} from './splitPayout'

@ObjectType({implements: ChainEvent, description: 'A split shared out what it had of a currency.'})
export class SplitDistribution extends ChainEvent {
  readonly #row: Stored<'SplitDistribution'>
  constructor(row: Stored<'SplitDistribution'>) {
    super(row, row.emitter, row.authority)
    this.#row = row
  }
  @Field(() => Account, {description: 'The split contract.'})
  get split(): Account {
    return new Account(this.#row.split, Number(this.#row.chainId))
  }
  @Field(() => Currency, {description: 'What of.'})
  get currency(): Currency {
    return new Currency(this.#row.currency, this.#row.chainId)
  }
  @Field(() => BigIntScalar, {description: "All of it, before the fee of whoever distributed, in the currency's smallest unit."})
  get amount(): string {
    return this.#row.amount
  }
  @Field(() => Account, {description: 'Who gets the fee; the zero address: the sender.'})
  get distributor(): Account {
    return new Account(this.#row.distributor)
  }
  @Field(() => SplitPayout, {nullable: true, description: 'Who got what; null when nothing told of its recipients.'})
  payout(@Ctx() context: Context): Promise<SplitPayout | null> {
    return payoutOf(context, `${this.#row.chainId}-${this.#row.split}`, this.#row.id, this.#row.amount)
  }
  @Field(() => String, {description: 'Which standard it came by.'})
  get standard(): string {
    return this.#row.standard
  }
}

const spec: ListSpec = {
  name: 'SplitDistribution',
  table: 'SplitDistribution',
  defaultOrder: 'ID_DESC',
  hasAuthority: true,
  fields: {
    ...FACT_FIELDS,
    timestamp: {...FACT_FIELDS.timestamp, orderable: false},
    currency: addressField('currency', 'The token; the zero address: the native coin.'),
    distributor: addressField('distributor', 'Who distributed.'),
    split: addressField('split', 'The split contract.'),
    authority: AUTHORITY_FIELD,
  },
}
export const splitDistributions = createList(
  spec,
  () => SplitDistribution,
  (row: Stored<'SplitDistribution'>) => new SplitDistribution(row),
)
