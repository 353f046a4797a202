import {coerceInputValue, type GraphQLError, type GraphQLInputType, type GraphQLSchema} from 'graphql'
import type {AsOfInput} from '../asOf/asOfInput'
import {apiError} from '../errors'
import {orderValues} from '../list/order'
import type {PageArgs} from '../list/pageArgs'
import {enumName, type ListSpec} from '../list/spec'
import type {WhereInput} from '../list/where'
import {EXPORTS} from './lists'

export type ExportFormat = 'csv' | 'ndjson'
export type ExportRequest = Readonly<{spec: ListSpec; format: ExportFormat; args: PageArgs; asOf: AsOfInput | null}>

const PATH = /^\/export\/(\w+)\.(csv|ndjson)$/
const KNOWN: ReadonlySet<string> = new Set(['where', 'orderBy', 'after', 'includeUnverified', 'asOf'])

/** Null for a path that is no export. @throws a coded error for arguments that the list of GraphQL would not take either */
export function parseExportRequest(schema: GraphQLSchema, {pathname, searchParams}: URL): ExportRequest | null {
  const [, name = '', format] = PATH.exec(pathname) ?? []
  const spec = EXPORTS.get(name)
  if (!spec || !format) return null
  const unknown = [...searchParams.keys()].find((key) => !KNOWN.has(key))
  if (unknown !== undefined)
    throw apiError('BAD_USER_INPUT', `unknown parameter ${unknown.slice(0, 40)}; known are ${[...KNOWN].join(', ')}`)
  const args: PageArgs = {
    where: parseArgument<WhereInput>(schema, `${spec.name}Where`, 'where', searchParams.get('where')),
    orderBy: parseOrderBy(spec, searchParams.get('orderBy')),
    after: searchParams.get('after'),
    includeUnverified: parseFlag(searchParams.get('includeUnverified')),
  }
  return {spec, format: format as ExportFormat, args, asOf: parseArgument<AsOfInput>(schema, 'AsOf', 'asOf', searchParams.get('asOf'))}
}

/** The same input as in GraphQL, as JSON, and checked by the same types. */
function parseArgument<T>(schema: GraphQLSchema, type: string, name: string, text: string | null): T | null {
  if (text === null) return null
  const refuse = (path: readonly (string | number)[], _: unknown, error: GraphQLError): never => {
    throw apiError('BAD_USER_INPUT', `${[name, ...path].join('.')}: ${error.message}`)
  }
  return coerceInputValue(parseJson(name, text), schema.getType(type) as GraphQLInputType, refuse) as T
}

/** In the order of ids, events in chain order, where none is asked for: an export goes on later from where it ended. */
function parseOrderBy(spec: ListSpec, text: string | null): readonly string[] {
  const values = (text ?? 'ID_ASC').split(',')
  const known = orderValues(spec)
  const narrow = Object.entries(spec.fields).flatMap(([name, {orderedWithin}]) => (orderedWithin ? [enumName(name)] : []))
  const isOffered = (value: string) => known[value] !== undefined && !narrow.includes(value.replace(/_(ASC|DESC)$/, ''))
  const unknown = values.find((value) => !isOffered(value))
  if (unknown !== undefined)
    throw apiError(
      'BAD_USER_INPUT',
      `orderBy: ${JSON.stringify(unknown.slice(0, 40))} is none of ${Object.keys(known).filter(isOffered).join(', ')}`,
    )
  return values
}

function parseFlag(text: string | null): boolean {
  if (text !== null && text !== 'true' && text !== 'false') throw apiError('BAD_USER_INPUT', 'includeUnverified must be true or false')
  return text === 'true'
}

function parseJson(name: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw apiError('BAD_USER_INPUT', `${name} is no JSON`)
  }
}
