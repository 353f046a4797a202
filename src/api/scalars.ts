import {GraphQLScalarType, Kind, type ValueNode} from 'graphql'
import {formatAssetId, parseAssetId} from '../domain/caip'
import {parseDateTime} from '../domain/dateTime'
import {parseAddress} from '../domain/hex'
import {apiError, parseInput} from './errors'

const textOf = (scalar: string, value: unknown): string => {
  if (typeof value === 'string') return value
  throw apiError('BAD_USER_INPUT', `${scalar} must be a string`)
}

type Definition = Readonly<{
  name: string
  description: string
  specifiedByURL?: string
  parse: (value: unknown) => unknown
  numbers?: boolean
}>

/** Values go out as they are: rows hold them in their final form. */
const scalar = ({name, description, specifiedByURL, parse, numbers}: Definition): GraphQLScalarType =>
  new GraphQLScalarType({
    name,
    description,
    specifiedByURL,
    serialize: (value) => value,
    parseValue: parse,
    parseLiteral: (node: ValueNode) => {
      if (node.kind === Kind.STRING || (numbers && node.kind === Kind.INT)) return parse(node.value)
      throw apiError('BAD_USER_INPUT', `${name} must be a string`)
    },
  })

function parseBigInt(value: unknown): string {
  const text = typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : value
  if (typeof text === 'string' && /^-?\d{1,100}$/.test(text)) return text
  throw apiError('BAD_USER_INPUT', 'BigInt must be a whole number as a string (or a JSON number below 2^53)')
}

const parseMoment = (value: unknown): Date => parseInput(parseDateTime, textOf('DateTime', value))

export const BigIntScalar = scalar({
  name: 'BigInt',
  description: 'A whole number of any size, as a decimal string. Input may also be a JSON number below 2^53.',
  parse: parseBigInt,
  numbers: true,
})

export const AddressScalar = scalar({
  name: 'Address',
  description: '20 bytes as 0x and 40 hex digits. Lower-case in answers; input in any case.',
  parse: (value) => parseInput(parseAddress, textOf('Address', value)),
})

export const HexScalar = scalar({
  name: 'Hex',
  description: 'Bytes as 0x and lower-case hex digits.',
  parse: (value) => {
    const text = textOf('Hex', value)
    if (/^0x([0-9a-fA-F]{2})*$/.test(text)) return text.toLowerCase()
    throw apiError('BAD_USER_INPUT', 'Hex must be 0x and an even number of hex digits')
  },
})

export const DateTimeScalar = new GraphQLScalarType({
  name: 'DateTime',
  description:
    'A moment in ISO 8601, UTC in answers, e.g. 2026-01-31T12:00:00.000Z. Input has a zone, or is a date: its first moment, UTC.',
  specifiedByURL: 'https://scalars.graphql.org/andimarek/date-time.html',
  serialize: (value) => (value instanceof Date ? value.toISOString() : value),
  parseValue: parseMoment,
  parseLiteral: (node) => parseMoment(node.kind === Kind.STRING ? node.value : null),
})

export const JsonScalar = new GraphQLScalarType({
  name: 'JSON',
  description: 'Any JSON value. Answers only.',
  serialize: (value) => value,
})

export const AssetIdScalar = scalar({
  name: 'AssetId',
  description:
    'CAIP-19: eip155:<chain>/erc721:<collection>/<token id>. Input may name either namespace; the known one is returned, erc721 until known.',
  specifiedByURL: 'https://chainagnostic.org/CAIPs/caip-19',
  parse: (value) => {
    const text = textOf('AssetId', value)
    return formatAssetId(parseInput(parseAssetId, text))
  },
})
