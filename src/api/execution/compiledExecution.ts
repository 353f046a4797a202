import {
  type DocumentNode,
  type ExecutionArgs,
  type GraphQLSchema,
  getOperationAST,
  getVariableValues,
  type OperationDefinitionNode,
} from 'graphql'
import {type CompiledQuery, compileQuery, isCompiledQuery} from 'graphql-jit'
import type {Plugin} from 'graphql-yoga'
import {isCompilable, withCoercedType, withCoercedVariables} from './compilable'

/** Operations that come this often are compiled: compiling costs as much as some executions. */
const WORTH_IT = 3

type Compiled = Readonly<{run: CompiledQuery['query']; operation: OperationDefinitionNode}>
type Seen = {times: number; readonly compiled: Map<string, Compiled | null>}

/** Executes what keeps coming by functions made for it; the rest, and what cannot be compiled, as ever. */
export function compiledExecutionPlugin(schema: GraphQLSchema): Plugin {
  // The parser's cache gives one document for one text, and forgets those that come no more.
  const documents = new WeakMap<DocumentNode, Seen>()
  const compilerSchema = withCoercedType(schema)
  return {
    onExecute: ({args, setExecuteFn}) => {
      const compiled = args.schema === schema ? compiledOf(documents, compilerSchema, args) : null
      if (compiled) setExecuteFn((asked: ExecutionArgs) => execute(schema, compiled, asked))
    },
  }
}

function compiledOf(
  documents: WeakMap<DocumentNode, Seen>,
  schema: GraphQLSchema,
  {document, operationName}: ExecutionArgs,
): Compiled | null {
  const seen = documents.get(document) ?? {times: 0, compiled: new Map<string, Compiled | null>()}
  documents.set(document, seen)
  if (++seen.times < WORTH_IT) return null
  const name = operationName ?? ''
  let compiled = seen.compiled.get(name)
  if (compiled === undefined) seen.compiled.set(name, (compiled = compile(schema, document, operationName)))
  return compiled
}

function compile(schema: GraphQLSchema, document: DocumentNode, operationName: string | null | undefined): Compiled | null {
  const operation = getOperationAST(document, operationName)
  if (!operation || !isCompilable(document, operation)) return null
  const compiled = compileQuery(schema, withCoercedVariables(document), operationName ?? '')
  return isCompiledQuery(compiled) ? {run: compiled.query, operation} : null
}

function execute(schema: GraphQLSchema, {run, operation}: Compiled, {rootValue, contextValue, variableValues}: ExecutionArgs) {
  const {coerced, errors} = getVariableValues(schema, operation.variableDefinitions ?? [], variableValues ?? {}, {maxErrors: 50})
  return errors ? {errors} : run(rootValue, contextValue, coerced)
}
