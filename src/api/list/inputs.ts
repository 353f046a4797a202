import type {GraphQLScalarType} from 'graphql'
import {type ClassType, Field, InputType, Int, registerEnumType} from 'type-graphql'
import {AddressScalar, AssetIdScalar, BigIntScalar, DateTimeScalar, HexScalar} from '../scalars'
import {orderFields, orderValues} from './order'
import {enumName, type FieldKind, type ListField, type ListSpec, oneStep} from './spec'

type TypeOf = GraphQLScalarType | typeof String | typeof Boolean | object

const FILTERS: Readonly<Record<Exclude<FieldKind, 'enum'>, Readonly<{name: string; type: TypeOf; ordered: boolean; about: string}>>> = {
  int: {name: 'IntFilter', type: Int, ordered: true, about: 'a whole number'},
  bigint: {name: 'BigIntFilter', type: BigIntScalar, ordered: true, about: 'a whole number of any size'},
  time: {name: 'DateTimeFilter', type: DateTimeScalar, ordered: true, about: 'a moment'},
  address: {name: 'AddressFilter', type: AddressScalar, ordered: false, about: 'an address, in any case'},
  hex: {name: 'HexFilter', type: HexScalar, ordered: false, about: 'bytes as hex'},
  text: {name: 'StringFilter', type: String, ordered: false, about: 'exact text'},
  asset: {name: 'AssetIdFilter', type: AssetIdScalar, ordered: false, about: 'a CAIP-19 asset id'},
  collection: {
    name: 'CollectionIdFilter',
    type: String,
    ordered: false,
    about: 'a CAIP-19 asset type, a CAIP-10 account, or a bare address where only one chain is indexed',
  },
  license: {name: 'LicenseIdFilter', type: String, ordered: false, about: 'a license id, eip155:<chain>:0x<granting contract>/<number>'},
  chain: {name: 'ChainIdFilter', type: String, ordered: false, about: 'a CAIP-2 chain id, eip155:<number>'},
  bool: {name: 'BooleanFilter', type: Boolean, ordered: false, about: 'true or false'},
}

const EQUALITY = [
  ['eq', 'equal to; null: not there'],
  ['ne', 'not equal to; null: there'],
] as const
const MEMBERSHIP = [
  ['in', 'one of (at most 1,000)'],
  ['notIn', 'none of (at most 1,000)'],
] as const
const ORDER = [
  ['gt', 'above'],
  ['gte', 'at or above'],
  ['lt', 'below'],
  ['lte', 'at or below'],
] as const

const made = new Map<string, ClassType>()

/** A class that type-graphql reads as an input type. Made once a name. */
function createInput(name: string, description: string, addFields: (prototype: object) => void): ClassType {
  const known = made.get(name)
  if (known) return known
  const input = {[name]: class {}}[name] as ClassType
  made.set(name, input)
  InputType(name, {description})(input)
  addFields(input.prototype as object)
  return input
}

function createFilter(name: string, type: TypeOf, ordered: boolean, about: string): ClassType {
  return createInput(name, `Conditions on ${about}; all that are given must hold.`, (prototype) => addOperators(prototype, type, ordered))
}

function addOperators(prototype: object, type: TypeOf, ordered: boolean): void {
  for (const [operator, description] of EQUALITY) Field(() => type as never, {nullable: true, description})(prototype, operator)
  for (const [operator, description] of MEMBERSHIP) Field(() => [type as never], {nullable: true, description})(prototype, operator)
  if (ordered) for (const [operator, description] of ORDER) Field(() => type as never, {nullable: true, description})(prototype, operator)
}

/** The operators of its id, and the filters of what it names. */
function createRelationFilter(relation: ListSpec, {kind}: ListField): ClassType {
  const {type, about} = FILTERS[kind as Exclude<FieldKind, 'enum'>]
  const description = `Conditions on ${about}, and on what it names; all that are given must hold.`
  return createInput(`${relation.name}Filter`, description, (prototype) => {
    addOperators(prototype, type, false)
    addFilters(prototype, relation.name, oneStep(relation))
  })
}

function addFilters(prototype: object, specName: string, fields: ListSpec['fields']): void {
  for (const [field, definition] of Object.entries(fields)) {
    // Made now: type-graphql collects its types before it resolves them.
    const filter = filterOf(specName, field, definition)
    Field(() => filter, {nullable: true, description: definition.description})(prototype, field)
  }
}

const filterOf = (specName: string, name: string, field: ListField): ClassType => {
  if (field.kind === 'enum')
    return createFilter(`${specName}${name[0]?.toUpperCase()}${name.slice(1)}Filter`, field.values as object, false, field.description)
  if (field.relation) return createRelationFilter(field.relation, field)
  const {name: filterName, type, ordered, about} = FILTERS[field.kind]
  return createFilter(filterName, type, ordered, about)
}

/** `TransferWhere`: one filter a field, and `and`, `or`, `not`. */
export function createWhereInput(spec: ListSpec): ClassType {
  const name = `${spec.name}Where`
  return createInput(name, `Which of them; all conditions that are given must hold.`, (prototype) => {
    addFilters(prototype, spec.name, spec.fields)
    const self = () => made.get(name) as ClassType
    Field(() => [self()], {nullable: true, description: 'All of these hold.'})(prototype, 'and')
    Field(() => [self()], {nullable: true, description: 'At least one of these holds.'})(prototype, 'or')
    Field(self, {nullable: true, description: 'This does not hold.'})(prototype, 'not')
  })
}

/** `TransferOrderBy`: each field that an index stands behind, in both directions. */
export function createOrderBy(spec: ListSpec): object {
  const values = orderValues(spec)
  const valuesConfig = Object.fromEntries(
    orderFields(spec).flatMap((name) => {
      const about = spec.fields[name]?.orderable
        ? spec.fields[name]?.description
        : 'By key: events in chain order, state in the order of its ids.'
      return [
        [`${enumName(name)}_ASC`, {description: about}],
        [`${enumName(name)}_DESC`, {description: `${about} Reversed.`}],
      ]
    }),
  )
  registerEnumType(values, {
    name: `${spec.name}OrderBy`,
    description: 'Ties are broken by id, in the direction of the first field.',
    valuesConfig,
  })
  return values
}
