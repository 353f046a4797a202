import {Ctx, Field, Int, ObjectType, registerEnumType} from 'type-graphql'
import {Account, accountOrNull} from '../account/account'
import type {Context} from '../context'
import {ChainEvent} from '../event/chainEvent'
import {AUTHORITY_FIELD, addressField, FACT_FIELDS} from '../event/fields'
import {createList} from '../list/args'
import type {ListSpec} from '../list/spec'
import {RecipientRole, ROLE_FIELD} from '../royalty/recipientRole'
import {BigIntScalar} from '../scalars'
import type {Stored} from '../stored'

export const SplitChangeKind = {CREATED: 'created', UPDATED: 'updated'} as const
registerEnumType(SplitChangeKind, {
  name: 'SplitChangeKind',
  description: 'What happened to a split.',
  valuesConfig: {CREATED: {description: 'It was made.'}, UPDATED: {description: 'It says whom it pays: at first, or others than before.'}},
})

@ObjectType({description: 'A recipient of a split.'})
export class SplitShare {
  readonly #row: Stored<'SplitShare'>
  constructor(row: Stored<'SplitShare'>) {
    this.#row = row
  }
  @Field(() => Account, {description: 'Who is paid; perhaps another split.'})
  get recipient(): Account {
    return new Account(this.#row.recipient, Number(this.#row.chainId))
  }
  @Field(() => BigIntScalar, {description: 'Out of totalAllocation of the split.'})
  get allocation(): string {
    return this.#row.allocation
  }
  @Field(() => RecipientRole, {nullable: true, description: ROLE_FIELD})
  get role(): string | null {
    return this.#row.role
  }
}

@ObjectType({implements: ChainEvent, description: 'Who shares what a split contract is paid, from here on (0xSplits).'})
export class SplitChange extends ChainEvent {
  constructor(readonly row: Stored<'SplitChange'>) {
    super(row, row.emitter, row.authority)
  }
  @Field(() => Account, {description: 'The split contract.'})
  get split(): Account {
    return new Account(this.row.split, Number(this.row.chainId))
  }
  @Field(() => SplitChangeKind, {description: 'What happened.'})
  get kind(): string {
    return this.row.kind
  }
  @Field(() => [SplitShare], {description: 'Its recipients in the order that it has them; empty where source says that they are unknown.'})
  async shares(@Ctx() {load}: Context): Promise<readonly SplitShare[]> {
    if (this.row.shareCount === 0) return []
    return (await load.splitShares.load(this.row.id)).map((share) => new SplitShare(share))
  }
  @Field(() => BigIntScalar, {description: 'What all allocations are parts of.'})
  get totalAllocation(): string {
    return this.row.totalAllocation
  }
  @Field(() => Int, {description: 'What whoever distributes may keep, out of 1 000 000, before the shares.'})
  get distributorFee(): number {
    return this.row.distributorFee
  }
  @Field(() => Account, {nullable: true, description: 'Who may change it; null: nobody, or the log does not tell.'})
  get controller(): Account | null {
    return accountOrNull(this.row.controller)
  }
  @Field(() => String, {
    description:
      'How the recipients are known: log; input, of the transaction, proven by the hash that the protocol stores; or unknown: and why.',
  })
  get source(): string {
    return this.row.source
  }
  @Field(() => String, {description: 'Which standard it came by.'})
  get standard(): string {
    return this.row.standard
  }
}

const spec: ListSpec = {
  name: 'SplitChange',
  table: 'SplitChange',
  defaultOrder: 'ID_DESC',
  hasAuthority: true,
  fields: {
    ...FACT_FIELDS,
    timestamp: {...FACT_FIELDS.timestamp, orderable: false},
    recipient: {
      kind: 'address',
      sql: 's."recipient"',
      ofAny: (condition) => `t."id" IN (SELECT s.change_id FROM split_share s WHERE ${condition})`,
      description: 'One of its recipients.',
    },
    split: addressField('split', 'The split contract.'),
    authority: AUTHORITY_FIELD,
  },
}
export const splitChanges = createList(
  spec,
  () => SplitChange,
  (row: Stored<'SplitChange'>) => new SplitChange(row),
)
