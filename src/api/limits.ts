import {maxAliasesPlugin} from '@escape.tech/graphql-armor-max-aliases'
import {maxDepthPlugin} from '@escape.tech/graphql-armor-max-depth'
import {maxTokensPlugin} from '@escape.tech/graphql-armor-max-tokens'
import {type ExecutionArgs, GraphQLError, type GraphQLSchema, getNamedType, getNullableType, isCompositeType, isListType} from 'graphql'
import {type ComplexityEstimator, getComplexity} from 'graphql-query-complexity'
import type {Plugin} from 'graphql-yoga'
import {apiError} from './errors'
import {coerceVariables, type Operation, type Operations} from './execution/operation'
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

const complexityPlugin = (operations: Operations): Plugin => {
  const check = (args: ExecutionArgs): void => {
    const operation = operations.of(args.document, args.operationName)
    if (!operation) return
    const variables = coerceVariables(args.schema, operation, args.variableValues)
    const [error] = variables.errors ?? []
    if (error) throw error.extensions['code'] === undefined ? apiError('BAD_USER_INPUT', error.message) : error
    requireAffordable(costOf(args.schema, operation, args.variableValues, variables.errors ? {} : variables.coerced))
  }
  return {onExecute: ({args}) => check(args), onSubscribe: ({args}) => check(args as ExecutionArgs)}
}

function requireAffordable(asked: number): void {
  if (asked > LIMITS.complexity)
    throw apiError(
      'LIMIT_EXCEEDED',
      `the query may cost ${asked} (fields times page sizes); at most ${LIMITS.complexity}: ask for smaller pages or fewer nested lists`,
      {limit: LIMITS.complexity, asked},
    )
}

type Variables = Readonly<Record<string, unknown>> | null | undefined

/** Whether an operation stays within the limit, with these variables as they came and as it takes them. */
export const isAffordable = (schema: GraphQLSchema, operation: Operation, given: Variables, coerced: Variables): boolean =>
  costOf(schema, operation, given, coerced) <= LIMITS.complexity

const MOST_SIZES = 100
const costs = new WeakMap<Operation, Map<string, number>>()

/** Of what size pages are and what is left out, decides what an operation costs; other variables change nothing. */
function costOf(schema: GraphQLSchema, operation: Operation, given: Variables, coerced: Variables): number {
  let known = costs.get(operation)
  if (!known) costs.set(operation, (known = new Map()))
  const key = sizesOf(coerced ?? {})
  const cost = known.get(key) ?? complexityOf(schema, operation, given)
  if (known.size < MOST_SIZES) known.set(key, cost)
  return cost
}

/** Numbers and booleans among the variables, as they reach the query. */
function sizesOf(coerced: Readonly<Record<string, unknown>>): string {
  let sizes = ''
  for (const name in coerced) {
    const value = coerced[name]
    if (typeof value === 'number' || typeof value === 'boolean') sizes += `${name}=${value};`
  }
  return sizes
}

/** @throws a coded error for variables that do not fit the query, which shows here first */
function complexityOf(schema: GraphQLSchema, {document: query, name}: Operation, variables: Variables): number {
  try {
    return getComplexity({schema, query, variables: variables ?? {}, operationName: name ?? undefined, estimators: [estimator]})
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

export const limitPlugins = (operations: Operations): Plugin[] =>
  [
    maxTokensPlugin({n: LIMITS.tokens, ...code} as never),
    maxDepthPlugin({n: LIMITS.depth, ...code} as never),
    maxAliasesPlugin({n: LIMITS.aliases, ...code} as never),
    variableDepthPlugin(),
    complexityPlugin(operations),
  ] as Plugin[]
