import {type ExecutionArgs, type ExecutionResult, GraphQLError} from 'graphql'
import type {Plugin} from 'graphql-yoga'

/**
 * What an execution throws becomes its result. Thrown, it would pass by those who end the answer (onExecuteDone): its snapshot would keep
 * its connection. Has to be the last plugin that sets how to execute.
 */
export const errorsAsResults = (): Plugin => ({
  onExecute: ({executeFn, setExecuteFn}) =>
    setExecuteFn((args: ExecutionArgs) => {
      try {
        const result: unknown = executeFn(args)
        return result instanceof Promise ? result.catch(asResult) : result
      } catch (error) {
        return asResult(error)
      }
    }),
})

/** Errors without a code are masked on their way out. */
const asResult = (error: unknown): ExecutionResult => ({
  errors: [error instanceof GraphQLError ? error : new GraphQLError('the query could not be executed', {originalError: error as Error})],
})
