import {Args, Ctx, Field, ObjectType, Query, Resolver, registerEnumType} from 'type-graphql'
import {Account, accountOrNull} from '../account/account'
import {Collection} from '../collection/collection'
import type {Context} from '../context'
import {ChainEvent} from '../event/chainEvent'
import {addressField, COLLECTION_FIELD, FACT_FIELDS} from '../event/fields'
import {createList} from '../list/args'
import type {PageArgs} from '../list/pageArgs'
import type {ListSpec} from '../list/spec'
import {HexScalar} from '../scalars'
import type {Stored} from '../stored'

export const ContractChangeKind = {
  UPGRADED: 'upgraded',
  BEACON_CHANGED: 'beaconChanged',
  ADMIN_CHANGED: 'adminChanged',
  FACETS_CHANGED: 'facetsChanged',
} as const
registerEnumType(ContractChangeKind, {
  name: 'ContractChangeKind',
  description: 'What changed of a contract.',
  valuesConfig: {
    UPGRADED: {description: 'It has another implementation; of a beacon: every proxy on it.'},
    BEACON_CHANGED: {description: 'It takes its implementation from another beacon.'},
    ADMIN_CHANGED: {description: 'Somebody else may upgrade it.'},
    FACETS_CHANGED: {description: 'Functions of it have their code elsewhere (ERC-2535).'},
  },
})

@ObjectType({description: 'Functions of a diamond that were given code, or lost it (ERC-2535).'})
export class FacetChange {
  @Field(() => Account, {description: 'Where their code is; the zero address: removed.'})
  facet!: Account
  @Field(() => String, {description: 'add, replace, remove, or other.'})
  action!: string
  @Field(() => [HexScalar], {description: 'The functions, by their selectors.'})
  selectors!: string[]
}

@ObjectType({
  implements: ChainEvent,
  description:
    'The code behind a contract changed (ERC-1967, ERC-2535), or who may change it: part of the provenance of each of its assets, and of those of every proxy on a beacon.',
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
  @Field(() => ContractChangeKind, {description: 'What changed.'})
  get kind(): string {
    return this.#row.kind
  }
  @Field(() => Account, {nullable: true, description: 'BEACON_CHANGED: the beacon.'})
  get beacon(): Account | null {
    return accountOrNull(this.#row.beacon)
  }
  @Field(() => Account, {nullable: true, description: 'ADMIN_CHANGED: who may upgrade from now on.'})
  get admin(): Account | null {
    return accountOrNull(this.#row.admin)
  }
  @Field(() => Account, {nullable: true, description: 'ADMIN_CHANGED: who could before, as logged.'})
  get previousAdmin(): Account | null {
    return accountOrNull(this.#row.previousAdmin)
  }
  @Field(() => [FacetChange], {nullable: true, description: 'FACETS_CHANGED: which functions.'})
  get facets(): FacetChange[] | null {
    if (this.#row.facets === null) return null
    const facets = JSON.parse(this.#row.facets) as {facet: string; action: string; selectors: string[]}[]
    return facets.map(({facet, action, selectors}) => ({facet: new Account(facet), action, selectors}))
  }
  @Field(() => Account, {nullable: true, description: 'UPGRADED: the new code.'})
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
  fields: {
    ...FACT_FIELDS,
    collection: COLLECTION_FIELD,
    kind: {kind: 'enum', sql: 't."kind"', values: ContractChangeKind, description: 'what changed'},
    implementation: addressField('implementation', 'The new code.'),
    beacon: addressField('beacon', 'The beacon.'),
  },
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
