import {type ExecutionResult, GraphQLError} from 'graphql'
import type {Context} from '../context'
import type {Operation} from './operation'

type Run = () => unknown

/**
 * An answer of one moment: without a transaction, which spares two round trips, and of the columns that such answers read, where that is
 * enough; else made again in a transaction, of all columns. Only what changes nothing may be made again. What an execution throws becomes its result, so that whoever ends the answer is told.
 */
export async function answerOperation(operation: Operation, context: Context, run: Run): Promise<ExecutionResult> {
  if (operation.node.operation !== 'query') return settle(run)
  const isComplete = context.tryColumns(operation.columns)
  const isLoose = operation.mayBeLoose()
  const verdictOf = isLoose ? context.tryLoosely() : null
  const result = await settle(run)
  const verdict = verdictOf?.() ?? 'fits'
  if (isLoose) operation.noteLoose(verdict)
  if (verdict === 'fits' && isComplete()) return result
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
