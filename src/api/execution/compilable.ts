import {
  type DocumentNode,
  GraphQLScalarType,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  print,
  type SelectionSetNode,
  type VariableDefinitionNode,
  visit,
} from 'graphql'

/** Larger operations would cost more to compile than they are worth; fragments written out. */
const MOST_FIELDS = 500

/** A name that every object has a setter for would be lost in an object that code writes out. */
const UNSAFE = '__proto__'

/** Whether an operation that has been validated can be compiled in bounded time, to the same answer. */
export function isCompilable(document: DocumentNode, operation: OperationDefinitionNode): boolean {
  if (operation.operation !== 'query') return false
  const fragments = new Map(
    document.definitions.flatMap((d) => (d.kind === Kind.FRAGMENT_DEFINITION ? [[d.name.value, d.selectionSet]] : [])),
  )
  let fields = 0
  const isSmall = ({selections}: SelectionSetNode): boolean =>
    selections.every((selection) => {
      if (++fields > MOST_FIELDS) return false
      if (selection.kind === Kind.FRAGMENT_SPREAD) return isSmall(fragments.get(selection.name.value) as SelectionSetNode)
      if (selection.kind === Kind.FIELD && (selection.alias ?? selection.name).value === UNSAFE) return false
      return !selection.selectionSet || isSmall(selection.selectionSet)
    })
  return isSmall(operation.selectionSet)
}

/** Variables are coerced before, by graphql-js: the compiler would follow inputs that hold themselves without end. */
const COERCED = new GraphQLScalarType({name: 'Coerced', parseValue: (value) => value})
const COERCED_TYPE = {kind: Kind.NAMED_TYPE, name: {kind: Kind.NAME, value: COERCED.name}} as const

/** The schema, and in it the type that coerced variables are said to have. */
export const withCoercedType = (schema: GraphQLSchema): GraphQLSchema =>
  Object.create(schema, {
    getType: {value: (name: string) => (name === COERCED.name ? COERCED : schema.getType(name))},
  }) as GraphQLSchema

export const withCoercedVariables = (document: DocumentNode): DocumentNode =>
  visit(document, {
    // Directives take a Boolean and nothing else.
    VariableDefinition: (node): VariableDefinitionNode =>
      /^Boolean!?$/.test(print(node.type)) ? node : {kind: node.kind, variable: node.variable, type: COERCED_TYPE},
  })
