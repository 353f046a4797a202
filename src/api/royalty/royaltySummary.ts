import {Arg, Args, Ctx, Field, Int, ObjectType, Query, Resolver, registerEnumType} from 'type-graphql'
import {formatChainId} from '../../domain/caip'
import {Account, accountOrNull} from '../account/account'
import {Asset} from '../asset/asset'
import {Collection} from '../collection/collection'
import type {Context} from '../context'
import {apiError} from '../errors'
import {UNVERIFIED_TOO} from '../list/args'
import {followsSql} from '../list/branches'
import {formatCursor, parseCursor} from '../list/cursor'
import {createWhereInput} from '../list/inputs'
import type {OrderTerm} from '../list/order'
import type {PageArgs} from '../list/pageArgs'
import {filterSql} from '../list/pageSql'
import {createParameters, formatLicenseId} from '../list/parameters'
import {isPlannedOnce, type WhereInput} from '../list/where'
import {BigIntScalar, DateTimeScalar} from '../scalars'
import {Currency} from './currency'
import {paymentsOf} from './paymentsOfSum'
import {RoyaltyKind, RoyaltySource, royaltyKind, royaltyPayments, royaltySpec, SOURCE_SQL} from './royaltyPayment'

export const RoyaltyGrouping = {
  RECIPIENT: 'recipient',
  PAYER: 'payer',
  COLLECTION: 'collection',
  ASSET: 'asset',
  KIND: 'kind',
  SOURCE: 'source',
  LICENSE: 'license',
  DAY: 'day',
  WEEK: 'week',
  MONTH: 'month',
  CURRENCY: 'currency',
} as const
registerEnumType(RoyaltyGrouping, {
  name: 'RoyaltyGrouping',
  description: 'What sums are made by. Currency and chain are always part of a group: sums over several mean nothing.',
  valuesConfig: {
    RECIPIENT: {description: 'Who received it.'},
    PAYER: {description: 'Who was debited.'},
    COLLECTION: {description: 'Whose tokens were paid for.'},
    ASSET: {description: 'What was paid for.'},
    KIND: {description: 'What for.'},
    SOURCE: {description: 'What told of it: one payment may be told by the parts of a sale and by a log of its own.'},
    CURRENCY: {description: 'Always part of a group: naming it changes nothing.'},
    LICENSE: {description: 'The licence it was paid for; payments for none are one group.'},
    DAY: {description: 'Day of the block time, UTC.'},
    WEEK: {description: 'Week of the block time, from Monday, UTC.'},
    MONTH: {description: 'Month of the block time, UTC.'},
  },
})
type Grouping = (typeof RoyaltyGrouping)[keyof typeof RoyaltyGrouping]

const COLUMNS: Readonly<Record<Exclude<Grouping, 'currency'>, string>> = {
  recipient: 't."recipient"',
  payer: 't."payer"',
  collection: 't."collection_id"',
  asset: 't."asset_id"',
  // Numbers that the standard does not know are one group: OTHER.
  kind: 'least(t."kind", 3)',
  source: SOURCE_SQL,
  license: 't."license_ref"',
  day: `date_trunc('day', t."timestamp", 'UTC')`,
  week: `date_trunc('week', t."timestamp", 'UTC')`,
  month: `date_trunc('month', t."timestamp", 'UTC')`,
}

type GroupRow = Readonly<{
  chain_id: string
  currency: string
  recipient: string | null
  payer: string | null
  collection: string | null
  asset: string | null
  kind: number | null
  source: string | null
  license: string | null
  day: Date | null
  week: Date | null
  month: Date | null
  amount: string
  payments: string
  first_id: string
  last_id: string
}>

@ObjectType({description: 'An exact sum of royalty payments. Fields that were not grouped by are null.'})
export class RoyaltySum {
  readonly #row: GroupRow
  readonly #asked: Asked
  constructor(row: GroupRow, cursor: string, asked: Asked) {
    this.#row = row
    this.cursor = cursor
    this.#asked = asked
  }
  @Field(() => royaltyPayments.Connection, {
    description: 'The payments that it is the sum of, each with its log, unverified ones where the sum has them; where: only some of them.',
  })
  payments(@Ctx() context: Context, @Args(() => royaltyPayments.DecidedArgs) args: PageArgs): Promise<object> {
    const {grouped, where, includeUnverified} = this.#asked
    const both = [where, args.where].filter((one) => one != null)
    const values = Object.fromEntries(['chain_id', 'currency', ...grouped].sort().map((name) => [name, this.#row[name as keyof GroupRow]]))
    return royaltyPayments.fetchOf(context, paymentsOf(grouped), JSON.stringify(values), {...args, where: {and: both}, includeUnverified})
  }
  @Field(() => String, {description: 'For after.'})
  readonly cursor: string

  @Field(() => String, {description: 'CAIP-2.'})
  get chainId(): string {
    return formatChainId(Number(this.#row.chain_id))
  }
  @Field(() => Currency, {description: 'What the sum is counted in.'})
  get currency(): Currency {
    return new Currency(this.#row.currency, this.#row.chain_id)
  }
  @Field(() => Account, {nullable: true, description: 'Who received it; null unless grouped by.'})
  get recipient(): Account | null {
    return accountOrNull(this.#row.recipient)
  }
  @Field(() => Account, {nullable: true, description: 'Who was debited; null unless grouped by.'})
  get payer(): Account | null {
    return accountOrNull(this.#row.payer)
  }
  @Field(() => Collection, {nullable: true, description: 'Whose tokens were paid for; null unless grouped by.'})
  get collection(): Collection | null {
    return this.#row.collection === null ? null : new Collection(this.#row.collection)
  }
  @Field(() => Asset, {nullable: true, description: 'What was paid for; null unless grouped by.'})
  get asset(): Asset | null {
    return this.#row.asset === null ? null : new Asset(this.#row.asset)
  }
  @Field(() => RoyaltyKind, {nullable: true, description: 'What for; null unless grouped by.'})
  get kind(): string | null {
    return this.#row.kind === null ? null : royaltyKind(this.#row.kind)
  }
  @Field(() => RoyaltySource, {nullable: true, description: 'What told of the payments; null unless grouped by.'})
  get source(): string | null {
    return this.#row.source
  }
  @Field(() => String, {
    nullable: true,
    description: 'The licence that was paid for, as its id; null unless grouped by, and for what was paid for none.',
  })
  get licenseId(): string | null {
    return this.#row.license === null ? null : formatLicenseId(this.#row.license)
  }
  @Field(() => DateTimeScalar, {nullable: true, description: 'Start of the day, UTC; null unless grouped by.'})
  get day(): Date | null {
    return this.#row.day
  }
  @Field(() => DateTimeScalar, {nullable: true, description: 'Start of the week, a Monday, UTC; null unless grouped by.'})
  get week(): Date | null {
    return this.#row.week
  }
  @Field(() => DateTimeScalar, {nullable: true, description: 'Start of the month, UTC; null unless grouped by.'})
  get month(): Date | null {
    return this.#row.month
  }
  @Field(() => BigIntScalar, {description: "Sum of the net amounts, in the currency's smallest unit."})
  get amount(): string {
    return this.#row.amount
  }
  @Field(() => BigIntScalar, {
    description: 'How many payments it is the sum of: payments lists them.',
  })
  get paymentCount(): string {
    return this.#row.payments
  }
  @Field(() => String, {description: 'Event key of the first payment in it.'})
  get firstPaymentId(): string {
    return this.#row.first_id
  }
  @Field(() => String, {description: 'Event key of the last payment in it.'})
  get lastPaymentId(): string {
    return this.#row.last_id
  }
}

const MAX_GROUPS = 1_000

/** The question that a sum answers. */
type Asked = Readonly<{grouped: ReadonlySet<string>; where: WhereInput | null; includeUnverified: boolean | null}>
const RoyaltyWhere = createWhereInput(royaltySpec)

@Resolver()
export class RoyaltyResolver {
  @Query(() => royaltyPayments.Connection, {description: 'Royalty payments, newest first.'})
  royaltyPayments(@Ctx() context: Context, @Args(() => royaltyPayments.Args) args: PageArgs): Promise<object> {
    return royaltyPayments.fetch(context, args)
  }

  @Query(() => [RoyaltySum], {
    description:
      'Exact sums of royalty payments, the largest first. What a log tells of a sale (saleRef) that has the same royalty among its parts is summed beside it: SOURCE tells them apart. To read more groups than one answer holds, go on after the last cursor; a where on blockNumber keeps the sums from moving meanwhile.',
  })
  async royaltySummary(
    @Ctx() context: Context,
    @Arg('groupBy', () => [RoyaltyGrouping], {defaultValue: [], description: 'What to tell apart; chain and currency always are.'})
    groupBy: Grouping[],
    @Arg('where', () => RoyaltyWhere, {nullable: true, description: 'Which payments; default: all.'}) where: WhereInput | null,
    @Arg('first', () => Int, {defaultValue: 100, description: `Groups, at most ${MAX_GROUPS}.`}) first: number,
    @Arg('after', () => String, {nullable: true, description: 'Cursor of the sum to go on after, from the same groupBy.'}) after:
      | string
      | null,
    @Arg('includeUnverified', () => Boolean, {nullable: true, description: UNVERIFIED_TOO}) includeUnverified: boolean | null,
  ): Promise<readonly RoyaltySum[]> {
    if (first < 0 || first > MAX_GROUPS)
      throw apiError('LIMIT_EXCEEDED', `first is ${first}; it may be 0 to ${MAX_GROUPS}`, {limit: MAX_GROUPS, asked: first})
    const parameters = createParameters(context, await context.isOneChain())
    const grouped: ReadonlySet<string> = new Set(groupBy.filter((key) => key !== 'currency'))
    const order = orderOf(grouped)
    const filter = filterSql(royaltySpec, {where, includeUnverified}, parameters)
    const having = after == null ? '' : `HAVING ${followsSql({order, position: parseCursor(order, after)}, parameters)}`
    const keys = Object.entries(COLUMNS).map(([name, sql]) => ({name, sql: grouped.has(name) ? sql : null}))
    const rows = await context.db.query<GroupRow>(
      `SELECT t.chain_id, t.currency, ${keys.map(({name, sql}) => `${sql ?? 'NULL'} AS "${name}"`).join(', ')},
         sum(t.amount)::text AS amount, count(*)::text AS payments, min(t.id) AS first_id, max(t.id) AS last_id
       FROM royalty_payment t WHERE ${filter}
       GROUP BY ${['t.chain_id', 't.currency', ...keys.flatMap(({sql}) => sql ?? [])].join(', ')} ${having}
       ORDER BY ${order.map(({sql, descending}) => `${sql} ${descending ? 'DESC' : 'ASC'}`).join(', ')} LIMIT ${first}`,
      parameters.values,
      // Planning takes longer than most sums do.
      isPlannedOnce(where),
    )
    return rows.map((row) => new RoyaltySum(row, formatCursor(order, [row.amount, row.first_id]), {grouped, where, includeUnverified}))
  }
}

/** No two groups share a payment, so the first payment of each makes the order total. */
const orderOf = (grouped: ReadonlySet<string>): readonly OrderTerm[] => [
  {field: `amount of ${[...grouped].sort().join()}`, sql: 'sum(t.amount)', cast: 'numeric', descending: true, nullable: false},
  {field: 'firstPayment', sql: 'min(t.id)', cast: 'text', descending: false, nullable: false},
]
