import {type ExecutionArgs, type GraphQLSchema} from 'graphql'
import type {Plugin} from 'graphql-yoga'
import {asOfExecution, type Execute} from '../asOf/asOfExecution'
import type {KnownMoments} from '../asOf/knownMoments'
import type {Context} from '../context'
import {answerOperation} from './answerOperation'
import {coerceVariables, type Operation, type Operations} from './operation'

/** Executes what has been validated, whichever way it came; has to be the last plugin that sets how to. */
export const executionPlugin = (schema: GraphQLSchema, operations: Operations, moments: KnownMoments): Plugin<Context> => ({
  onExecute: ({args, executeFn, setExecuteFn}) => {
    const operation = operations.of(args.document, args.operationName)
    if (!operation) return
    const now = compiledExecution(schema, operation, args) ?? (executeFn as Execute)
    const run = asOfExecution(args, moments, now) ?? now
    setExecuteFn((asked: ExecutionArgs) => answerOperation(operation, asked.contextValue as Context, () => run(asked)))
  },
})

function compiledExecution(schema: GraphQLSchema, operation: Operation, args: ExecutionArgs): Execute | null {
  const compiled = args.schema === schema ? operation.compiled() : null
  return compiled === null
    ? null
    : ({rootValue, contextValue, variableValues}) => {
        const variables = coerceVariables(schema, operation, variableValues)
        return variables.errors ? variables : compiled(rootValue, contextValue, variables.coerced)
      }
}
