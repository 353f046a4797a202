import {Args, Ctx, Field, ObjectType, Query, Resolver} from 'type-graphql'
import {Account, accountOrNull} from '../account/account'
import {Collection} from '../collection/collection'
import type {Context} from '../context'
import {ChainEvent} from '../event/chainEvent'
import {addressField, COLLECTION_FIELD, FACT_FIELDS} from '../event/fields'
import {createList} from '../list/args'
import type {PageArgs} from '../list/pageArgs'
import type {ListSpec} from '../list/spec'
import type {Stored} from '../stored'

@ObjectType({
  implements: ChainEvent,
  description: 'The code behind a contract changed (ERC-1967): part of the provenance of each of its assets.',
})
export class ContractUpgrade extends ChainEvent {
  readonly #row: Stored<'ContractUpgrade'>
  constructor(row: Stored<'ContractUpgrade'>) {
    super(row, row.address)
    this.#row = row
  }
  @Field(() => Collection, {description: 'The contract that was upgraded.'})
  get collection(): Collection {
    return new Collection(this.#row.collectionId)
  }
  @Field(() => Account, {nullable: true, description: 'Kind UPGRADED: the new code.'})
  get implementation(): Account | null {
    return accountOrNull(this.#row.implementation)
  }
  @Field(() => Account, {nullable: true, description: 'Null: the first one that was seen.'})
  get previousImplementation(): Account | null {
    return accountOrNull(this.#row.previousImplementation)
  }
}

const spec: ListSpec = {
  name: 'ContractUpgrade',
  table: 'ContractUpgrade',
  defaultOrder: 'TIMESTAMP_DESC',
  fields: {...FACT_FIELDS, collection: COLLECTION_FIELD, implementation: addressField('implementation', 'The new code.')},
}
export const contractUpgrades = createList(
  spec,
  () => ContractUpgrade,
  (row: Stored<'ContractUpgrade'>) => new ContractUpgrade(row),
)

@Resolver()
export class ContractUpgradeResolver {
  @Query(() => contractUpgrades.Connection, {description: 'Changes of contracts’ code, newest first.'})
  contractUpgrades(@Ctx() context: Context, @Args(() => contractUpgrades.Args) args: PageArgs): Promise<object> {
    return contractUpgrades.fetch(context, args)
  }
}
