import {
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isRequiredArgument,
} from 'graphql'

/** A leaf of an argument that a client writes: which field, which argument, and how a value gets there. */
export type Place = Readonly<{
  operation: 'query' | 'mutation' | 'subscription'
  field: GraphQLField<unknown, unknown>
  argument: string
  name: string
  /** Text, as far as JSON knows: every scalar but whole numbers and booleans. */
  isText: boolean
  put: (value: unknown) => unknown
}>

const DEEPEST = 3

/**
 * Every leaf of every argument of the root fields, of what changes something and what is followed too. Filters are entered by `eq` and `in`,
 * what a row names one step away by `eq`, and so are branches: `not`, and `and` within `or`.
 */
export function inputPlaces(schema: GraphQLSchema): readonly Place[] {
  const roots = {query: schema.getQueryType(), mutation: schema.getMutationType(), subscription: schema.getSubscriptionType()}
  return Object.entries(roots).flatMap(([operation, type]) =>
    Object.values(type?.getFields() ?? {}).flatMap((field) =>
      field.args.flatMap(({name, type: of}) =>
        leavesOf(of, 0).map(({path, isText, put}) => ({
          operation: operation as Place['operation'],
          field,
          argument: name,
          name: `${field.name}.${name}${path}`,
          isText,
          put,
        })),
      ),
    ),
  )
}

type Leaf = Pick<Place, 'isText' | 'put'> & Readonly<{path: string}>
const LEFT_OUT: ReadonlySet<string> = new Set(['and', 'ne', 'notIn', 'gt', 'gte', 'lt', 'lte'])
const BRANCHES: ReadonlySet<string> = new Set(['not', 'or'])

function leavesOf(type: GraphQLInputType, depth: number): readonly Leaf[] {
  const nullable = getNullableType(type)
  if (isListType(nullable))
    return leavesOf(nullable.ofType as GraphQLInputType, depth).map((leaf) => ({...leaf, put: (v) => [leaf.put(v)]}))
  if (!isInputObjectType(nullable)) {
    const isText = !isEnumType(nullable) && !['Int', 'Boolean', 'Float'].includes(nullable.name)
    return [{path: '', isText, put: (value) => value}]
  }
  if (depth > DEEPEST) return []
  return Object.values(nullable.getFields()).flatMap((inner) => {
    if (LEFT_OUT.has(inner.name) || (BRANCHES.has(inner.name) && depth > 0) || (inner.name === 'in' && depth > 2)) return []
    return leavesOf(inner.type, BRANCHES.has(inner.name) ? DEEPEST - 1 : depth + 1).map((leaf) => ({
      ...leaf,
      path: inner.name === 'or' ? `.or.and${leaf.path}` : `.${inner.name}${leaf.path}`,
      put: (value) => (inner.name === 'or' ? {or: [{}, {and: leaf.put(value)}]} : {[inner.name]: leaf.put(value)}),
    }))
  })
}

/** A query that gives the place a value, and every other argument that is needed one that fits. */
export function askAt({operation, field, argument, put}: Place, value: unknown, fitting: Readonly<Record<string, unknown>>) {
  const needed = field.args.filter((arg) => arg.name === argument || (isRequiredArgument(arg) && fitting[arg.name] !== undefined))
  const declared = needed.map(({name, type}) => `$${name}: ${type}`).join(', ')
  const given = needed.map(({name}) => `${name}: $${name}`).join(', ')
  const variables = Object.fromEntries(
    needed.map(({name}) => [name, name === argument ? within(fitting[name], put(value)) : fitting[name]]),
  )
  const selection = isCompositeType(getNamedType(field.type)) ? ' { __typename }' : ''
  return {query: `${operation} (${declared}) { ${field.name}(${given})${selection} }`, variables}
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Beside the value, what else an input needs. */
const within = (fitting: unknown, value: unknown): unknown => (isObject(fitting) && isObject(value) ? {...fitting, ...value} : value)
