import {
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isObjectType,
  isRequiredArgument,
} from 'graphql'

export type Choice = Readonly<{
  /** Object fields below a field that are followed. */
  depth: number
  /** Arguments by name, where a field takes them: `{first: '5'}`. */
  args: Readonly<Record<string, string>>
  /** `Type.field` or `field`. */
  leaveOut: ReadonlySet<string>
}>

/** A selection of everything that a type offers, so that a field that is added is asked for too. */
export function everyField(schema: GraphQLSchema, type: GraphQLNamedType, choice: Choice): string {
  if (isAbstractType(type))
    return `{ __typename ${schema
      .getPossibleTypes(type)
      .map((possible) => `... on ${possible.name} ${everyField(schema, possible, choice)}`)
      .join(' ')} }`
  if (!isObjectType(type)) return ''
  const fields = Object.values(type.getFields()).flatMap((field) => selectField(schema, type.name, field, choice))
  return `{ __typename ${fields.join(' ')} }`
}

/** One field with its arguments and all below it, if it is to be asked for. Merged over types, fields of other types get other names. */
export function selectField(
  schema: GraphQLSchema,
  typeName: string,
  field: GraphQLField<unknown, unknown>,
  choice: Choice,
): readonly string[] {
  const {depth, args, leaveOut} = choice
  if (leaveOut.has(field.name) || leaveOut.has(`${typeName}.${field.name}`)) return []
  if (field.args.some((arg) => isRequiredArgument(arg) && args[arg.name] === undefined)) return []
  const type = getNamedType(field.type)
  const isPlumbing = /(Connection|Edge)$/.test(typeName)
  if (isCompositeType(type) && depth === 0 && !isPlumbing) return []
  const below = isCompositeType(type) ? everyField(schema, type, {...choice, depth: isPlumbing ? depth : depth - 1}) : ''
  const given = field.args.flatMap(({name}) => (args[name] === undefined ? [] : [`${name}: ${args[name]}`]))
  const call = `${field.name}${given.length > 0 ? `(${given.join(', ')})` : ''} ${below}`
  return [`${typeName}_${field.name}: ${call}`]
}
