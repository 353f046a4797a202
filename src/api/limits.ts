import {maxAliasesPlugin} from '@escape.tech/graphql-armor-max-aliases'
import {maxDepthPlugin} from '@escape.tech/graphql-armor-max-depth'
import {maxTokensPlugin} from '@escape.tech/graphql-armor-max-tokens'
import {type GraphQLSchema, getNamedType} from 'graphql'
import {type ComplexityEstimator, getComplexity} from 'graphql-query-complexity'
import type {Plugin} from 'graphql-yoga'
import {apiError} from './errors'
import {DEFAULT_PAGE} from './list/page'

/** Work that one query may ask for, checked before any of it is done. */
export const LIMITS = {depth: 15, tokens: 2_000, aliases: 30, complexity: 50_000, bodyBytes: 256 * 1024} as const

/** A field costs 1, and a list as many times its page as it may hold. */
const estimator: ComplexityEstimator = ({field, args, childComplexity}) => {
  if (!getNamedType(field.type).name.endsWith('Connection')) return 1 + childComplexity
  const size = (args['first'] ?? args['last'] ?? DEFAULT_PAGE) as number
  return 1 + Math.max(0, size) * Math.max(1, childComplexity)
}

const complexityPlugin = (): Plugin => ({
  onExecute: ({args}) => {
    const {schema, document: query, variableValues: variables, operationName} = args
    const asked = getComplexity({
      schema: schema as GraphQLSchema,
      query,
      variables: variables as Record<string, unknown>,
      operationName: operationName ?? undefined,
      estimators: [estimator],
    })
    if (asked > LIMITS.complexity)
      throw apiError(
        'LIMIT_EXCEEDED',
        `the query may cost ${asked} (fields times page sizes); at most ${LIMITS.complexity}: ask for smaller pages or fewer nested lists`,
        {
          limit: LIMITS.complexity,
          asked,
        },
      )
  },
})

/** Refusals of the shape of a query get our code; their messages name the limit and the figure. */
const code = {
  onReject: [(_: unknown, error: {extensions?: object}) => void Object.assign(error.extensions ?? {}, {code: 'LIMIT_EXCEEDED'})],
}

export const limitPlugins = (): Plugin[] =>
  [
    maxTokensPlugin({n: LIMITS.tokens, ...code} as never),
    maxDepthPlugin({n: LIMITS.depth, ...code} as never),
    maxAliasesPlugin({n: LIMITS.aliases, ...code} as never),
    complexityPlugin(),
  ] as Plugin[]
