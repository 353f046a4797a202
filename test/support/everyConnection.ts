import {type GraphQLField, type GraphQLSchema, getNamedType, isEnumType, isObjectType} from 'graphql'

type Field = GraphQLField<unknown, unknown>
type Reply = Readonly<Record<string, unknown>>

/** One connection of the API: how it is asked for, and where in the answer it is. */
export type AskedList = Readonly<{
  /** A query of a selection of its page, by arguments and the variables `after` and `before`. */
  wrap: (args: string, selection: string) => string
  pick: (data: Reply) => unknown
}>

/** How to come to a node: fields with their arguments, from the root on. */
export type Way = readonly string[]

const RELAY = ['first', 'last', 'after', 'before']
const takes = ({args}: Field, name: string): boolean => args.some((arg) => arg.name === name)

/** Every field with Relay's four arguments, by the type that has it. */
export const everyConnection = (schema: GraphQLSchema): readonly Readonly<{type: string; field: Field}>[] =>
  Object.values(schema.getTypeMap()).flatMap((type) =>
    isObjectType(type)
      ? Object.values(type.getFields())
          .filter((field) => RELAY.every((name) => takes(field, name)))
          .map((field) => ({type: type.name, field}))
      : [],
  )

/** Every order that it offers, as an argument. */
export function orderValuesOf({args}: Field): readonly string[] {
  if (args.some(({name}) => name === 'newestFirst')) return ['newestFirst: false,', 'newestFirst: true,']
  const type = getNamedType(args.find(({name}) => name === 'orderBy')?.type)
  return isEnumType(type) ? type.getValues().map(({name}) => `orderBy: [${name}],`) : ['']
}

/** The field of a node that a way leads to, the first one where it leads to several; what nobody vouches for is in it. `own`: other arguments. */
export function listAt(field: Field, way: Way, own = ''): AskedList {
  const given = `${own} ${takes(field, 'includeUnverified') ? 'includeUnverified: true,' : ''}`
  const opened = way.map((step) => `${step} { `).join('')
  const names = [...way.map((step) => step.split('(')[0] as string), field.name]
  return {
    wrap: (args, selection) =>
      `query ($after: String, $before: String) { ${opened}${field.name}(${given} ${args} after: $after, before: $before) { ${selection} }${' }'.repeat(way.length)} }`,
    pick: (data) =>
      names.reduce<unknown>((at, name) => {
        const next = (at as Reply | null)?.[name]
        return Array.isArray(next) ? next[0] : next
      }, data),
  }
}
