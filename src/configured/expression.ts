import {keccak256} from 'ethers/crypto'
import {type Address, type Hash32, type Hex, parseAddress} from '../domain/hex'
import type {Log} from '../domain/log'
import {DecodeError} from '../domain/standard'
import {readLabel, readText} from '../domain/text'
import type {Parameter} from './parameter'
import type {FieldKind} from './vocabulary'

type Value = string | number | bigint | boolean | null
/** Decoded parameters and the log they came from -> the field's value. */
export type Evaluate = (values: Readonly<Record<string, unknown>>, log: Log) => Value

/** An expression that cannot fill the field; the message is for the operator. */
export class ExpressionError extends Error {
  override readonly name = 'ExpressionError'
  readonly code = 'E_CONFIG_EXPRESSION'
}

/**
 * `argument` or `struct.member` · `keccak256(argument)` of a text or of bytes · `$emitter` · `$sender` (of the transaction) · `$chain` (its
 * number) · `$timestamp` (of the block) · `$timestamp + argument` (a duration) · `=text` · a number, a boolean, 0x… (constants).
 * @throws ExpressionError
 */
export function compileExpression(
  expression: string | number | boolean,
  kind: FieldKind,
  parameters: ReadonlyMap<string, Parameter>,
): Evaluate {
  if (typeof expression !== 'string') return compileConstant(expression, kind)
  if (expression.startsWith('=')) return compileConstant(expression.slice(1), kind)
  if (/^(0x[0-9a-fA-F]+|\d+)$/.test(expression)) return compileConstant(expression, kind)
  if (expression.startsWith('$')) return compileContext(expression, kind, parameters)
  const hashed = /^keccak256\(([\w.]+)\)$/.exec(expression)?.[1]
  if (hashed !== undefined) return compileHash(hashed, kind, parameters)
  return compileParameter(expression, parameterOf(expression, parameters), kind)
}

function parameterOf(name: string, parameters: ReadonlyMap<string, Parameter>): Parameter {
  const parameter = parameters.get(name)
  if (parameter) return parameter
  throw new ExpressionError(`the event has no parameter ${JSON.stringify(name)}; it has ${[...parameters.keys()].join(', ') || 'none'}`)
}

/** Works that are named by a text have its hash for an id: the same whether the log has the text, or, indexed, its hash alone. */
function compileHash(name: string, kind: FieldKind, parameters: ReadonlyMap<string, Parameter>): Evaluate {
  const parameter = parameterOf(name, parameters)
  const hash = parameter.kind === 'bytes32' ? undefined : conversionOf(parameter, 'hash')
  if (!hash) throw new ExpressionError(`${name} is ${parameter.type}: keccak256() is of a string or of bytes`)
  const read = readerOf(name)
  if (kind === 'hash') return (values) => hash(read(values))
  if (kind === 'uint') return (values) => BigInt(hash(read(values)) as Hash32)
  throw new ExpressionError(`keccak256(${name}) cannot fill a field of kind ${kind}, only an id or a hash`)
}

function compileContext(expression: string, kind: FieldKind, parameters: ReadonlyMap<string, Parameter>): Evaluate {
  if (expression === '$emitter' && kind === 'address') return (_, log) => log.address
  if (expression === '$sender' && kind === 'address') return (_, log) => senderOf(log)
  if (expression === '$chain' && kind === 'uint') return (_, log) => BigInt(log.chainId)
  if (expression === '$timestamp' && kind === 'uint') return (_, log) => BigInt(log.timestamp)
  const duration = /^\$timestamp \+ ([\w.]+)$/.exec(expression)?.[1]
  if (duration !== undefined && kind === 'uint') {
    const evaluate = compileExpression(duration, 'uint', parameters)
    return (values, log) => BigInt(log.timestamp) + (evaluate(values, log) as bigint)
  }
  throw new ExpressionError(
    `${JSON.stringify(expression)} cannot fill a field of kind ${kind}; known are $emitter and $sender (addresses), $timestamp and "$timestamp + argument" (times), $chain (a number)`,
  )
}

function senderOf(log: Log): Address {
  if (log.transactionFrom === null) throw new DecodeError('malformed', 'the sender of the transaction is not known')
  return log.transactionFrom
}

function compileConstant(constant: string | number | boolean, kind: FieldKind): Evaluate {
  const value = constantOf(constant, kind)
  if (value === undefined) throw new ExpressionError(`${JSON.stringify(constant)} is not a constant of kind ${kind}`)
  return () => value
}

function constantOf(constant: string | number | boolean, kind: FieldKind): Value | undefined {
  const text = String(constant)
  const whole = /^(\d+|0x[0-9a-fA-F]{1,64})$/.test(text)
  if (kind === 'bool') return typeof constant === 'boolean' ? constant : undefined
  if (kind === 'address') return /^0x[0-9a-fA-F]{40}$/.test(text) ? parseAddress(text) : undefined
  if (kind === 'hash') return /^0x[0-9a-fA-F]{64}$/.test(text) ? text.toLowerCase() : undefined
  if (kind === 'uint') return whole ? BigInt(text) : undefined
  if (kind === 'number') return whole && Number(text) <= 2_147_483_647 ? Number(text) : undefined
  if (kind === 'namespace') return text === 'erc721' || text === 'erc1155' ? text : undefined
  return text
}

function compileParameter(path: string, parameter: Parameter, kind: FieldKind): Evaluate {
  const read = readerOf(path)
  const convert = conversionOf(parameter, kind)
  if (convert) return (values) => convert(read(values))
  if (parameter.kind === 'hashed' && (kind === 'text' || kind === 'label'))
    throw new ExpressionError(`${path} is an indexed ${parameter.type}: its value is lost, the log holds only its keccak256`)
  const isHashable = kind === 'uint' && (parameter.kind === 'hashed' || parameter.kind === 'text')
  const hint = isHashable ? `; keccak256(${path}) makes an id of it` : ''
  throw new ExpressionError(
    `${path} is ${parameter.kind === 'hashed' ? `an indexed ${parameter.type}` : parameter.type}, which cannot fill a field of kind ${kind}${hint}`,
  )
}

function readerOf(path: string): (values: Readonly<Record<string, unknown>>) => unknown {
  const [first, ...rest] = path.split('.')
  return (values) => rest.reduce<unknown>((value, name) => (value as Record<string, unknown>)[name], values[first as string])
}

type Convert = (value: unknown) => Value

/** By what the field holds and what the parameter is; a pair that is not here cannot be converted without inventing. */
function conversionOf({kind}: Parameter, field: FieldKind): Convert | undefined {
  const bytes = kind === 'bytes32' || kind === 'hashed'
  switch (field) {
    case 'address':
      return kind === 'address' ? (value) => parseAddress(value as string) : undefined
    // Work and licence ids are often bytes32: the same 256 bits.
    case 'uint':
      return kind === 'uint' || kind === 'bytes32' ? (value) => BigInt(value as string | number | bigint) : undefined
    case 'number':
      return kind === 'uint' ? smallNumber : kind === 'bool' ? (value) => (value ? 1 : 0) : undefined
    case 'bool':
      return kind === 'bool' ? (value) => value as boolean : kind === 'uint' ? (value) => BigInt(value as number) !== 0n : undefined
    case 'hash':
      return bytes ? (value) => value as Hash32 : kind === 'bytes' || kind === 'text' ? hashOf : undefined
    case 'text':
      return kind === 'text' ? textOf : kind === 'bytes32' ? (value) => readLabel(value as Hash32) : undefined
    case 'label':
      return kind === 'text' ? textOf : kind === 'bytes32' ? (value) => readLabel(value as Hash32) : undefined
    case 'namespace':
      return undefined
  }
}

function smallNumber(value: unknown): number {
  const number = Number(value)
  if (number > 2_147_483_647) throw new DecodeError('out_of_range', `${String(value)} is no number of a kind or type`)
  return number
}

const hashOf: Convert = (value) => keccak256(value as Hex) as Hash32
const textOf: Convert = (value) => readText(Buffer.from((value as Hex).slice(2), 'hex'))
