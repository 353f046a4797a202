import {maxAliasesPlugin} from '@escape.tech/graphql-armor-max-aliases'
import {maxDepthPlugin} from '@escape.tech/graphql-armor-max-depth'
import {maxTokensPlugin} from '@escape.tech/graphql-armor-max-tokens'
import {
  type DocumentNode,
  type ExecutionArgs,
  GraphQLError,
  getNamedType,
  getNullableType,
  getOperationAST,
  getVariableValues,
  isCompositeType,
  isListType,
} from 'graphql'
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

const complexityPlugin = (): Plugin => {
  const costOf = createCostOf()
  return {
    onExecute: ({args}) => requireAffordable(costOf(args)),
    onSubscribe: ({args}) => requireAffordable(costOf(args as ExecutionArgs)),
  }
}

function requireAffordable(asked: number): void {
  if (asked > LIMITS.complexity)
    throw apiError(
      'LIMIT_EXCEEDED',
      `the query may cost ${asked} (fields times page sizes); at most ${LIMITS.complexity}: ask for smaller pages or fewer nested lists`,
      {limit: LIMITS.complexity, asked},
    )
}

const MOST_SIZES = 100

/** Of what size pages are and what is left out, decides what a document costs; other variables change nothing. */
function createCostOf(): (args: ExecutionArgs) => number {
  const known = new WeakMap<DocumentNode, Map<string, number>>()
  return (args) => {
    const costs = known.get(args.document) ?? new Map<string, number>()
    known.set(args.document, costs)
    const key = JSON.stringify([args.operationName, sizesOf(args)])
    const cost = costs.get(key) ?? complexityOf(args)
    if (costs.size < MOST_SIZES) costs.set(key, cost)
    return cost
  }
}

/** Numbers and booleans among the variables, as they reach the query. @throws a coded error for variables that do not fit it, which shows here first */
function sizesOf({schema, document, operationName, variableValues}: ExecutionArgs): object | null {
  const definitions = getOperationAST(document, operationName)?.variableDefinitions ?? []
  if (definitions.length === 0) return null
  const {coerced, errors} = getVariableValues(schema, definitions, variableValues ?? {}, {maxErrors: 1})
  const [error] = errors ?? []
  if (error) throw error.extensions['code'] === undefined ? apiError('BAD_USER_INPUT', error.message) : error
  return Object.entries(coerced ?? {}).filter(([, value]) => typeof value === 'number' || typeof value === 'boolean')
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
  let depth = -1
  for (; level.length > 0; depth++)
    level = level.flatMap((value) => (typeof value === 'object' && value !== null ? Object.values(value) : []))
  const limit = LIMITS.variableDepth
  if (depth > limit) throw apiError('LIMIT_EXCEEDED', `variables are nested ${depth} deep; at most ${limit}`, {limit, asked: depth})
}

const variableDepthPlugin = (): Plugin => ({onParams: ({params}) => requireShallow(params.variables)})

/** Refusals of the shape of a query get our code, the limit, and the query's figure: of tokens nobody counts those behind the limit. */
const nameLimit = (_: unknown, error: GraphQLError): void => {
  const [, limit, found] = (/limit of (\d+) exceeded(?:, found (\d+))?/.exec(error.message) ?? []).map(Number)
  Object.assign(error.extensions, {code: 'LIMIT_EXCEEDED', limit, asked: found || (limit ?? 0) + 1})
}
const code = {onReject: [nameLimit]}

export const limitPlugins = (): Plugin[] =>
  [
    maxTokensPlugin({n: LIMITS.tokens, ...code} as never),
    maxDepthPlugin({n: LIMITS.depth, ...code} as never),
    maxAliasesPlugin({n: LIMITS.aliases, ...code} as never),
    variableDepthPlugin(),
    complexityPlugin(),
  ] as Plugin[]
