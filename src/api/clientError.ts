import type {GraphQLError} from 'graphql'
import {apiError} from './errors'

const QUERY_CANCELED = '57014'
/** https://www.postgresql.org/docs/current/errcodes-appendix.html: class 22: a value out of its type's range; 54: a statement past the server's limits; 08, 53, 57P: a connection lost, no room, going away. */
const OUT_OF_RANGE = /^22/
const GONE = /^(08|57P|53)/
const TOO_COMPLEX = /^54/

export const timeout = (ms: number): GraphQLError =>
  apiError('QUERY_TIMEOUT', `the query took the database more than ${ms} ms; ask for less, or filter by an indexed field`, {limit: ms})

/** What a client may know of a failure; the rest is masked. */
export function clientError(error: unknown, statementTimeoutMs: number): unknown {
  const {code = '', severity} = error as {code?: string; severity?: string}
  if (code === QUERY_CANCELED) return timeout(statementTimeoutMs)
  if (OUT_OF_RANGE.test(code)) return apiError('BAD_USER_INPUT', 'a value is out of the range of its field')
  if (TOO_COMPLEX.test(code)) return apiError('LIMIT_EXCEEDED', 'the query is too complex for the database; use fewer conditions')
  // Errors of the server have a severity; without one it was not reached, or no connection came free in time.
  if (GONE.test(code) || (severity === undefined && !(error instanceof TypeError)))
    return apiError('NOT_READY', 'the database does not answer or is overloaded; try again later')
  return error
}
