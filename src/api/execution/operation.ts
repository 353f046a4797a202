import {
  type DocumentNode,
  type ExecutionResult,
  type GraphQLSchema,
  getOperationAST,
  getVariableValues,
  type OperationDefinitionNode,
} from 'graphql'
import {type CompiledQuery, compileQuery, isCompiledQuery} from 'graphql-jit'
import {ColumnUses} from '../rows/columnUse'
import {isCompilable, withCoercedType, withCoercedVariables} from './compilable'

/** Operations that come this often are compiled: compiling costs as much as some executions. */
const WORTH_IT = 3

/** Answers that are made with transactions, after one that could not be made without because something was written meanwhile twice in a row. */
const PATIENCE = 50

/** One operation of a document that has been validated, and what is learnt of it while it keeps coming. */
export type Operation = Readonly<{
  document: DocumentNode
  name: string | null
  node: OperationDefinitionNode
  /** Made for it once it has come often enough; null before, and for what cannot be compiled. Of coerced variables. */
  compiled: () => CompiledQuery['query'] | null
  columns: ColumnUses
  /** Whether to try without a transaction, and what came of it. */
  mayBeLoose: () => boolean
  noteLoose: (verdict: 'fits' | 'moved' | 'unfit') => void
}>

export type Operations = Readonly<{of: (document: DocumentNode, name: string | null | undefined) => Operation | null}>

/** Operations by their documents: a parser's cache gives one document for one text, and forgets those that come no more. */
export function createOperations(schema: GraphQLSchema): Operations {
  const documents = new WeakMap<DocumentNode, Map<string | null, Operation>>()
  const compilerSchema = withCoercedType(schema)
  return {
    of: (document, given) => {
      const name = given || null
      const known = documents.get(document) ?? new Map<string | null, Operation>()
      documents.set(document, known)
      const found = known.get(name)
      if (found) return found
      const node = getOperationAST(document, name)
      if (!node) return null
      const operation = createOperation(compilerSchema, document, name, node)
      known.set(name, operation)
      return operation
    },
  }
}

function createOperation(schema: GraphQLSchema, document: DocumentNode, name: string | null, node: OperationDefinitionNode): Operation {
  let times = 0
  let compiled: CompiledQuery['query'] | null | undefined
  let isUnfit = node.operation !== 'query'
  let moved = 0
  let patience = 0
  return {
    document,
    name,
    node,
    columns: new ColumnUses(),
    compiled: () => {
      if (compiled === undefined && ++times >= WORTH_IT) compiled = compile(schema, document, node)
      return compiled ?? null
    },
    mayBeLoose: () => !isUnfit && (patience === 0 || --patience === 0),
    noteLoose: (verdict) => {
      isUnfit ||= verdict === 'unfit'
      moved = verdict === 'moved' ? moved + 1 : 0
      if (moved >= 2) patience = PATIENCE
    },
  }
}

function compile(schema: GraphQLSchema, document: DocumentNode, node: OperationDefinitionNode): CompiledQuery['query'] | null {
  if (!isCompilable(document, node)) return null
  const compiled = compileQuery(schema, withCoercedVariables(document), node.name?.value ?? '')
  return isCompiledQuery(compiled) ? compiled.query : null
}

export type Coerced = Readonly<{coerced: Record<string, unknown>; errors?: undefined}> | Pick<Required<ExecutionResult>, 'errors'>

/** What a client gave, as the operation takes it; once for an answer. */
export const coerceVariables = (schema: GraphQLSchema, {node}: Operation, given: Record<string, unknown> | null | undefined): Coerced =>
  getVariableValues(schema, node.variableDefinitions ?? [], given ?? {}, {maxErrors: 50}) as Coerced
