import {type DocumentNode, type ExecutionArgs, getOperationAST} from 'graphql'
import type {Plugin} from 'graphql-yoga'
import type {Context} from '../context'

/** Answers that took no more than one statement, so often in a row, are tried with one. */
const TRUSTED_AFTER = 2
const NEVER = -1

/**
 * An answer of one statement is of one moment without a transaction around it, which spares two round trips. Which operations are answered so
 * shows when they are executed; one that asks for a second statement after all is executed again in a transaction, and always from then on.
 */
export function oneStatementPlugin(): Plugin<Context> {
  const runs = new WeakMap<DocumentNode, number>()
  return {
    onExecute: ({args, executeFn, setExecuteFn}) => {
      const {document, contextValue: context} = args
      const known = runs.get(document) ?? 0
      // Only what changes nothing may be done again.
      if (known === NEVER || getOperationAST(document, args.operationName)?.operation !== 'query') return undefined
      if (known < TRUSTED_AFTER) return {onExecuteDone: () => void runs.set(document, context.db.statements() > 1 ? NEVER : known + 1)}
      const wasTooLittle = context.tryOneStatement()
      setExecuteFn(async (asked: ExecutionArgs) => {
        const result = await executeFn(asked)
        if (!wasTooLittle()) return result
        runs.set(document, NEVER)
        context.restart()
        return executeFn(asked)
      })
      return undefined
    },
  }
}
