import {
  execute,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isLeafType,
  isListType,
  isObjectType,
  isRequiredArgument,
  parse,
} from 'graphql'
import {Change} from '../../api/changes/change'
import type {Context} from '../../api/context'
import type {JournalChange} from '../journal/journalChange'

/** An entry as the API answers it, as JSON text. */
export type RenderChanges = (feedId: string, entries: readonly JournalChange[]) => Promise<readonly string[]>

/** All of an entry: every plain field of it and of its event, and of what these lead to the name alone. */
export function createChangeRenderer(schema: GraphQLSchema, createContext: () => Context): RenderChanges {
  const document = parse(`subscription { changes { ${selectionOf(schema, schema.getType('Change') as GraphQLObjectType)} } }`)
  return async (feedId, entries) => {
    const contextValue = createContext()
    try {
      const results = await Promise.all(
        entries.map(async (entry) => execute({schema, document, contextValue, rootValue: {change: new Change(feedId, entry)}})),
      )
      return results.map(({data, errors}) => {
        if (errors?.[0] || !data) throw errors?.[0]?.originalError ?? errors?.[0] ?? new Error('an entry could not be rendered')
        return JSON.stringify(data['changes'])
      })
    } finally {
      await contextValue.release()
    }
  }
}

const NAMES = ['id', 'address']

function selectionOf(schema: GraphQLSchema, type: GraphQLObjectType): string {
  return Object.values(type.getFields())
    .flatMap((field) => fieldOf(schema, field))
    .join(' ')
}

function fieldOf(schema: GraphQLSchema, field: GraphQLField<unknown, unknown>): readonly string[] {
  if (field.args.some(isRequiredArgument)) return []
  const type = getNamedType(field.type)
  if (isLeafType(type)) return [field.name]
  if (isInterfaceType(type)) {
    const kinds = schema.getPossibleTypes(type).map((kind) => `... on ${kind.name} { ${selectionOf(schema, kind)} }`)
    return [`${field.name} { __typename ${kinds.join(' ')} }`]
  }
  if (!isObjectType(type) || (field.args.length > 0 && isListType(field.type))) return []
  const names = NAMES.filter((name) => type.getFields()[name])
  return names.length > 0 ? [`${field.name} { ${names.join(' ')} }`] : []
}
