import {type ExecutionResult, GraphQLError} from 'graphql'
import type {Context} from '../context'
import type {Operation} from './operation'

type Run = () => unknown

/**
 * An answer of one moment: without a transaction, which spares two round trips, where that is enough; else made again in one. Only what
 * changes nothing may be made again. What an execution throws becomes its result, so that whoever ends the answer is told.
 */
export async function answerOperation(operation: Operation, context: Context, run: Run): Promise<ExecutionResult> {
  if (!operation.mayBeLoose()) return settle(run)
  const verdictOf = context.tryLoosely()
  const result = await settle(run)
  const verdict = verdictOf()
  operation.noteLoose(verdict)
  if (verdict === 'fits') return result
  context.restart()
  return settle(run)
}

async function settle(run: Run): Promise<ExecutionResult> {
  try {
    return (await run()) as ExecutionResult
  } catch (error) {
    // Errors without a code are masked on their way out.
    const known = error instanceof GraphQLError
    return {errors: [known ? error : new GraphQLError('the query could not be executed', {originalError: error as Error})]}
  }
}
