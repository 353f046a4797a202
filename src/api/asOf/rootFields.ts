import {
  type DocumentNode,
  type ExecutionArgs,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  getDirectiveValues,
  getOperationAST,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql'

type Variables = Readonly<Record<string, unknown>>

/** The root fields of an operation that are asked for, fragments opened, in order; those of one key together. */
export function rootFieldsOf(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Variables,
): ReadonlyMap<string, FieldNode[]> {
  const fragments = new Map(
    document.definitions.filter((d): d is FragmentDefinitionNode => d.kind === Kind.FRAGMENT_DEFINITION).map((d) => [d.name.value, d]),
  )
  const found = new Map<string, FieldNode[]>()
  const collect = ({selections}: SelectionSetNode): void => {
    for (const selection of selections) {
      if (getDirectiveValues(GraphQLSkipDirective, selection, variables)?.['if'] === true) continue
      if (getDirectiveValues(GraphQLIncludeDirective, selection, variables)?.['if'] === false) continue
      if (selection.kind === Kind.FIELD) {
        const key = selection.alias?.value ?? selection.name.value
        found.set(key, [...(found.get(key) ?? []), selection])
      } else {
        const inner = selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection
        if (inner) collect(inner.selectionSet)
      }
    }
  }
  collect(operation.selectionSet)
  return found
}

/** The same document with one operation, which asks for some of its root fields only. */
export function documentOf({document, operationName}: ExecutionArgs, fields: readonly FieldNode[]): DocumentNode {
  const operation = getOperationAST(document, operationName) as OperationDefinitionNode
  const fragments = document.definitions.filter(({kind}) => kind === Kind.FRAGMENT_DEFINITION)
  return {...document, definitions: [{...operation, selectionSet: {kind: Kind.SELECTION_SET, selections: fields}}, ...fragments]}
}
