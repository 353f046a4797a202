import {type DocumentNode, type ExecutionResult, execute, type GraphQLSchema} from 'graphql'
import {maskError, type Plugin} from 'graphql-yoga'
import type {Logger} from '../../process/logger'
import {asOfExecution, type Execute} from '../asOf/asOfExecution'
import type {KnownMoments} from '../asOf/knownMoments'
import type {ApiClient} from '../clients'
import type {Context} from '../context'
import {withFreshness} from '../freshness/withFreshness'
import {isAffordable, requireShallow} from '../limits'
import type {WireParams} from '../wireParams'
import {answerOperation} from './answerOperation'
import {coerceVariables, type Operation, type Operations} from './operation'

const MOST_TEXTS = 1_000
/** Characters. */
const LONGEST_TEXT = 16_384

type Options = Readonly<{
  schema: GraphQLSchema
  operations: Operations
  moments: KnownMoments
  contextOf: (client: ApiClient) => Context
  logger: Logger
}>

export type KnownAnswers = Readonly<{
  /** Notes what has passed all checks of its text. */
  plugin: Plugin<Context>
  /** Null for whatever is not known to pass: the long way answers, or refuses. Nothing was done then. */
  answer: (params: WireParams, client: ApiClient) => Promise<ExecutionResult> | null
}>

/**
 * The short way for queries that keep coming: their text has been parsed, validated and found within the limits of its shape, so that
 * what remains to check are the variables. The hooks of the long way around each step would cost more than many an answer.
 */
export function createKnownAnswers({schema, operations, moments, contextOf, logger}: Options): KnownAnswers {
  const texts = new Map<string, DocumentNode>()
  const masked = (error: unknown) => {
    const shown = maskError(error, 'Unexpected error.')
    if (shown !== error) logger.error(error)
    return shown as never
  }
  return {
    plugin: {
      onExecute: ({args}) => {
        const {params} = args.contextValue as Context & {params?: WireParams}
        if (typeof params?.query === 'string' && params.query.length <= LONGEST_TEXT) note(texts, params.query, args.document)
      },
    },
    answer: ({query, operationName, variables}, client) => {
      const document = typeof query === 'string' ? texts.get(query) : undefined
      const operation = document && operations.of(document, operationName)
      if (operation?.node.operation !== 'query' || operation.node.directives?.length) return null
      const run = prepare(schema, moments, operation, variables)
      if (!run) return null
      const context = contextOf(client)
      return answerOperation(operation, context, () => run(context))
        .then((result) => withFreshness(result, context))
        .then((result) => (result.errors ? {...result, errors: result.errors.map(masked)} : result))
    },
  }
}

function note(texts: Map<string, DocumentNode>, text: string, document: DocumentNode): void {
  // The one that was noted first makes room: what keeps coming is noted again.
  if (!texts.has(text) && texts.size >= MOST_TEXTS) texts.delete(texts.keys().next().value as string)
  texts.set(text, document)
}

/** Null for variables that do not fit, or ask for too much. */
function prepare(
  schema: GraphQLSchema,
  moments: KnownMoments,
  operation: Operation,
  variables: WireParams['variables'],
): ((context: Context) => unknown) | null {
  try {
    requireShallow(variables)
    const given = coerceVariables(schema, operation, variables)
    if (given.errors || !isAffordable(schema, operation, variables, given.coerced)) return null
    const args = {schema, document: operation.document, operationName: operation.name, variableValues: variables ?? {}}
    const compiled = operation.compiled()
    const now: Execute = compiled
      ? ({contextValue}) => compiled(undefined, contextValue, given.coerced)
      : (asked) => execute(asked) as ReturnType<Execute>
    const run = asOfExecution(args, moments, now, given.coerced) ?? now
    return (contextValue) => run({...args, contextValue})
  } catch {
    return null
  }
}
