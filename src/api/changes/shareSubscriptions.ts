import {createSourceEventStream, type DocumentNode, type ExecutionArgs, type ExecutionResult, execute, GraphQLError} from 'graphql'
import type {Plugin} from 'graphql-yoga'
import type {Admitted} from '../admission/createAdmission'
import type {Context} from '../context'
import {createClosable} from './closable'
import type {LiveChange} from './liveChange'

type Stream = AsyncIterableIterator<ExecutionResult>

/**
 * Subscriptions by our own hand: graphql-js would work out each entry for each subscriber. `freshContext`: what an entry is answered with, if
 * the one who asks first asks for more than the entry brings along.
 */
export const shareSubscriptions = (freshContext: (of: Context) => Context): Plugin<Context> => {
  const keyOf = createOperationKeys()
  const subscribe = async (args: ExecutionArgs): Promise<Stream | ExecutionResult> => {
    const source = await createSourceEventStream(args)
    if (!(Symbol.asyncIterator in source)) return source
    // From here on the feed counts it; as a request it would be under way for as long as it lasts.
    const {leave} = args.contextValue as Partial<Admitted>
    leave?.()
    const changes = source as AsyncIterableIterator<LiveChange>
    return createClosable(answers(changes, args), () => void changes.return?.())
  }
  async function* answers(source: AsyncIterableIterator<LiveChange>, args: ExecutionArgs): AsyncGenerator<ExecutionResult, void, void> {
    const key = keyOf(args)
    try {
      for await (const live of source) yield await live.answer(key, () => answer(live, args))
    } catch (error) {
      // The last thing that a client is told: why it ends.
      if (!(error instanceof GraphQLError)) throw error
      yield {errors: [error]}
    }
  }
  const answer = async (live: LiveChange, args: ExecutionArgs): Promise<ExecutionResult> => {
    const contextValue = freshContext(args.contextValue as Context)
    try {
      return await execute({...args, rootValue: live, contextValue})
    } finally {
      await contextValue.release()
    }
  }
  return {onSubscribe: ({setSubscribeFn}) => setSubscribeFn(subscribe as never)}
}

/** The same for the same question. Documents are parsed once for the same text, so that they tell it. */
function createOperationKeys(): (args: ExecutionArgs) => string {
  const numbers = new WeakMap<DocumentNode, number>()
  let next = 0
  return ({document, operationName, variableValues}) => {
    const number = numbers.get(document) ?? next++
    numbers.set(document, number)
    return JSON.stringify([number, operationName ?? null, variableValues ?? null])
  }
}
