import {GraphQLError} from 'graphql'
import {InvalidInput} from '../domain/invalid'

/** Codes a client can rely on (`extensions.code`); everything else is masked. */
export type ErrorCode =
  | 'AS_OF_UNSUPPORTED'
  | 'BAD_USER_INPUT'
  | 'BLOCK_NOT_CANONICAL'
  | 'BLOCK_NOT_INDEXED'
  | 'BLOCK_TIME_UNKNOWN'
  | 'BLOCK_UNKNOWN'
  | 'CURSOR_INVALID'
  | 'FORBIDDEN'
  | 'LIMIT_EXCEEDED'
  | 'NOT_READY'
  | 'PERSISTED_QUERY_NOT_FOUND'
  | 'QUERY_TIMEOUT'
  | 'RATE_LIMITED'
  | 'SLOW_CONSUMER'
  | 'UNAUTHENTICATED'

export const apiError = (code: ErrorCode, message: string, details: Readonly<Record<string, unknown>> = {}): GraphQLError =>
  new GraphQLError(message, {extensions: {code, ...details}})

/** All that a client is told of a failure inside; yoga's words. */
export const UNEXPECTED = new GraphQLError('Unexpected error.', {extensions: {code: 'INTERNAL_SERVER_ERROR'}})

/** What an error says of its answer over HTTP, and what is told in its body. */
export function refusalOf({message, extensions}: GraphQLError) {
  const {http, ...told} = extensions as {code?: string; http?: Readonly<{status: number; headers?: Readonly<Record<string, string>>}>}
  return {status: http?.status, headers: new Map(Object.entries(http?.headers ?? {})), error: {message, extensions: told}}
}

/** Text of a client through a parser of the domain. */
export function parseInput<T>(parse: (text: string) => T, text: string): T {
  try {
    return parse(text)
  } catch (error) {
    if (error instanceof InvalidInput) throw apiError('BAD_USER_INPUT', error.message)
    throw error
  }
}
