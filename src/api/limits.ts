import {maxAliasesPlugin} from '@escape.tech/graphql-armor-max-aliases'
import {maxDepthPlugin} from '@escape.tech/graphql-armor-max-depth'
import {maxTokensPlugin} from '@escape.tech/graphql-armor-max-tokens'
import {type ExecutionArgs, GraphQLError, getNamedType, getNullableType, isCompositeType, isListType} from 'graphql'
import {type ComplexityEstimator, getComplexity} from 'graphql-query-complexity'
import type {Plugin} from 'graphql-yoga'
import {apiError} from './errors'
import {DEFAULT_PAGE} from './list/pageArgs'

/** Work that one query may ask for, checked before any of it is done. */
export const LIMITS = {depth: 15, tokens: 2_000, aliases: 30, complexity: 50_000, variableDepth: 40, bodyBytes: 256 * 1024} as const

/** Rows that a list without a size is taken for: ancestors of a licence, chains. */
const UNSIZED = 10

/** A field costs 1, and a list as many times its page as it may hold. Whatever has a page size is a list, or holds lists of that size. */
const estimator: ComplexityEstimator = ({type, field, args, childComplexity}) => {
  // graphql-js bounds introspection itself.
  if (type.name.startsWith('__') || field.name.startsWith('__')) return 1 + childComplexity
  if (field.args.some(({name}) => name === 'first')) {
    const size = (args['first'] ?? args['last'] ?? DEFAULT_PAGE) as number
    return 1 + Math.max(0, size) * Math.max(1, childComplexity)
  }
  const sized = type.name.endsWith('Connection') || type.name === 'Lineage'
  const isList = isListType(getNullableType(field.type)) && isCompositeType(getNamedType(field.type))
  return 1 + (isList && !sized ? UNSIZED : 1) * childComplexity
}

const complexityPlugin = (): Plugin => ({
  onExecute: ({args}) => requireAffordable(args),
  onSubscribe: ({args}) => requireAffordable(args as ExecutionArgs),
})

function requireAffordable(args: ExecutionArgs): void {
  const asked = complexityOf(args)
  if (asked > LIMITS.complexity)
    throw apiError(
      'LIMIT_EXCEEDED',
      `the query may cost ${asked} (fields times page sizes); at most ${LIMITS.complexity}: ask for smaller pages or fewer nested lists`,
      {
        limit: LIMITS.complexity,
        asked,
      },
    )
}

/** @throws a coded error for variables that do not fit the query, which shows here first */
function complexityOf({schema, document: query, variableValues: variables, operationName}: ExecutionArgs): number {
  try {
    return getComplexity({schema, query, variables: variables ?? {}, operationName: operationName ?? undefined, estimators: [estimator]})
  } catch (error) {
    const {message, extensions} = error as GraphQLError
    if (!(error instanceof GraphQLError) || extensions['code'] !== undefined) throw error
    throw apiError('BAD_USER_INPUT', message)
  }
}

/** Values that are nested deeper than any input needs, before anything walks them by recursion. */
export function requireShallow(variables: unknown): void {
  let level: readonly unknown[] = [variables ?? {}]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > LIMITS.variableDepth)
      throw apiError('LIMIT_EXCEEDED', `variables are nested more than ${LIMITS.variableDepth} deep`, {limit: LIMITS.variableDepth})
    level = level.flatMap((value) => (typeof value === 'object' && value !== null ? Object.values(value) : []))
  }
}

const variableDepthPlugin = (): Plugin => ({onParams: ({params}) => requireShallow(params.variables)})

/** Refusals of the shape of a query get our code; their messages name the limit and the figure. */
const code = {
  onReject: [(_: unknown, error: {extensions?: object}) => void Object.assign(error.extensions ?? {}, {code: 'LIMIT_EXCEEDED'})],
}

export const limitPlugins = (): Plugin[] =>
  [
    maxTokensPlugin({n: LIMITS.tokens, ...code} as never),
    maxDepthPlugin({n: LIMITS.depth, ...code} as never),
    maxAliasesPlugin({n: LIMITS.aliases, ...code} as never),
    variableDepthPlugin(),
    complexityPlugin(),
  ] as Plugin[]
