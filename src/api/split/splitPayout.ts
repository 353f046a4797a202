import {Field, ObjectType} from 'type-graphql'
import type {SplitAmounts} from '../../domain/splitEvents'
import {splitAmounts} from '../../domain/splitEvents'
import {Account} from '../account/account'
import type {Context} from '../context'
import {RecipientRole, ROLE_FIELD} from '../royalty/recipientRole'
import {BigIntScalar} from '../scalars'
import type {Stored} from '../stored'
import {SplitChange} from './splitChange'

@ObjectType({description: 'What a recipient of a split gets of a sum.'})
export class SplitPart {
  readonly #share: Stored<'SplitShare'>
  constructor(
    share: Stored<'SplitShare'>,
    private readonly sum: bigint,
  ) {
    this.#share = share
  }
  @Field(() => Account, {description: 'Who gets it; perhaps another split.'})
  get recipient(): Account {
    return new Account(this.#share.recipient, Number(this.#share.chainId))
  }
  @Field(() => BigIntScalar, {description: "In the currency's smallest unit."})
  get amount(): string {
    return String(this.sum)
  }
  @Field(() => RecipientRole, {nullable: true, description: ROLE_FIELD})
  get role(): string | null {
    return this.#share.role
  }
}

@ObjectType({
  description:
    'A sum that went to a split, among its recipients by the arithmetic of the contract: parts, distributorFee and remainder add up to it. A split pays out what it has gathered, so that what rounding leaves of several payments may be less.',
})
export class SplitPayout {
  readonly #amounts: SplitAmounts
  constructor(
    change: Stored<'SplitChange'>,
    private readonly shares: readonly Stored<'SplitShare'>[],
    sum: string,
  ) {
    this.by = new SplitChange(change)
    const terms = {totalAllocation: BigInt(change.totalAllocation), distributorFee: change.distributorFee}
    const allocations = shares.map(({allocation}) => BigInt(allocation))
    this.#amounts = splitAmounts(BigInt(sum), terms, allocations)
  }
  @Field(() => SplitChange, {description: 'By which word of the split: the last one before, else the first one behind it.'})
  readonly by: SplitChange

  @Field(() => [SplitPart], {description: 'Each recipient; empty where they are unknown: see source of by.'})
  get parts(): readonly SplitPart[] {
    return this.shares.map((share, i) => new SplitPart(share, this.#amounts.amounts[i] ?? 0n))
  }
  @Field(() => BigIntScalar, {description: 'What whoever distributes may keep.'})
  get distributorFee(): string {
    return String(this.#amounts.distributorFee)
  }
  @Field(() => BigIntScalar, {description: 'What rounding leaves in the split; all of it where the recipients are unknown.'})
  get remainder(): string {
    return String(this.#amounts.remainder)
  }
}

/** What became of a sum for an account; null when no log says that the account is a split. `at`: the key of the event that paid it. */
export async function payoutOf(context: Context, splitKey: string, at: string, sum: string): Promise<SplitPayout | null> {
  const change = await context.load.splitAt.load(`${splitKey} ${at}`)
  if (!change) return null
  const shares = change.shareCount === 0 ? [] : await context.load.splitShares.load(change.id)
  return new SplitPayout(change, shares, sum)
}
