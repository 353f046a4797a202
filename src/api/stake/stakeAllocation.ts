import {Args, Ctx, Field, ObjectType, Query, Resolver} from 'type-graphql'
import {Account, accountOrNull} from '../account/account'
import {Asset} from '../asset/asset'
import type {Context} from '../context'
import {ChainEvent} from '../event/chainEvent'
import {ASSET_FIELD, AUTHORITY_FIELD, addressField, COLLECTION_FIELD, FACT_FIELDS} from '../event/fields'
import {createList} from '../list/args'
import type {PageArgs} from '../list/pageArgs'
import type {ListSpec} from '../list/spec'
import {Currency} from '../royalty/currency'
import {BigIntScalar} from '../scalars'
import type {Stored} from '../stored'

@ObjectType({implements: ChainEvent, description: "A stake was put behind an asset or something else, by a contract's own event shape."})
export class StakeAllocation extends ChainEvent {
  readonly #row: Stored<'StakeAllocation'>
  constructor(row: Stored<'StakeAllocation'>) {
    super(row, row.emitter, row.authority)
    this.#row = row
  }
  @Field(() => Asset, {nullable: true, description: 'What it is behind; null: no asset, see purpose.'})
  get asset(): Asset | null {
    return this.#row.assetId === null ? null : new Asset(this.#row.assetId)
  }
  @Field(() => Account, {description: 'Who put it up.'})
  get staker(): Account {
    return new Account(this.#row.staker)
  }
  @Field(() => Account, {nullable: true, description: 'For whom: the provider, model or curator that is backed; null: not told.'})
  get beneficiary(): Account | null {
    return accountOrNull(this.#row.beneficiary)
  }
  @Field(() => Currency, {description: 'What it is counted in.'})
  get currency(): Currency {
    return new Currency(this.#row.currency, this.#row.chainId)
  }
  @Field(() => BigIntScalar, {description: "In the currency's smallest unit."})
  get amount(): string {
    return this.#row.amount
  }
  @Field(() => String, {nullable: true, description: "What it is for, in the contract's words."})
  get purpose(): string | null {
    return this.#row.purpose
  }
}

const spec: ListSpec = {
  name: 'StakeAllocation',
  table: 'StakeAllocation',
  defaultOrder: 'TIMESTAMP_DESC',
  hasAuthority: true,
  fields: {
    ...FACT_FIELDS,
    asset: ASSET_FIELD,
    collection: COLLECTION_FIELD,
    staker: addressField('staker', 'Who put it up.'),
    beneficiary: addressField('beneficiary', 'For whom.'),
    authority: AUTHORITY_FIELD,
  },
}
export const stakeAllocations = createList(
  spec,
  () => StakeAllocation,
  (row: Stored<'StakeAllocation'>) => new StakeAllocation(row),
)

@Resolver()
export class StakeResolver {
  @Query(() => stakeAllocations.Connection, {description: 'Stakes put behind assets, newest first.'})
  stakeAllocations(@Ctx() context: Context, @Args(() => stakeAllocations.Args) args: PageArgs): Promise<object> {
    return stakeAllocations.fetch(context, args)
  }
}
