import {type AbiEvent, event as createEvent, indexed} from '@subsquid/evm-abi'
import * as codecs from '@subsquid/evm-codec'
import {address, array, bool, bytes, bytes32, type Codec, fixedSizeArray, struct} from '@subsquid/evm-codec'
import {EventFragment, type ParamType} from 'ethers/abi'

/** What a value of a parameter is once decoded. `hashed`: an indexed value of more than one word, of which the log keeps only the keccak256. */
export type ValueKind = 'address' | 'uint' | 'bool' | 'bytes32' | 'bytes' | 'text' | 'hashed' | 'other'
export type Parameter = Readonly<{kind: ValueKind; type: string}>

export type ParsedEvent = Readonly<{
  // biome-ignore lint/suspicious/noExplicitAny: the parameters are known only at run time
  abi: AbiEvent<any>
  /** By name; members of a struct as `terms.price`. */
  parameters: ReadonlyMap<string, Parameter>
}>

type AnyCodec = Codec<unknown> & {isDynamic: boolean}

/** @throws Error saying what does not parse, or which parameter has no name */
export function parseEvent(signature: string): ParsedEvent {
  const fragment = EventFragment.from(signature.trim().startsWith('event ') ? signature : `event ${signature}`)
  if (fragment.anonymous) throw new Error('an anonymous event has no topic to be found by')
  const parameters = new Map<string, Parameter>()
  const args: Record<string, AnyCodec & {indexed?: boolean}> = {}
  for (const input of fragment.inputs) {
    if (!input.name) throw new Error(`the parameter of type ${input.type} has no name`)
    const isHashed = input.indexed === true && isHashedInTopic(input)
    const codec = isHashed ? (bytes32 as AnyCodec) : codecOf(input)
    args[input.name] = (input.indexed ? indexed(codec as never) : codec) as AnyCodec
    describe(parameters, input.name, input, isHashed)
  }
  if (fragment.inputs.filter((input) => input.indexed).length > 3) throw new Error('more than 3 indexed parameters')
  return {abi: createEvent(fragment.topicHash, fragment.format('sighash'), args), parameters}
}

/** All arrays and structs, of fixed size or not (https://docs.soliditylang.org/en/latest/abi-spec.html#encoding-of-indexed-event-parameters). */
const isHashedInTopic = ({baseType, type}: ParamType): boolean =>
  baseType === 'array' || baseType === 'tuple' || type === 'string' || type === 'bytes'

function describe(into: Map<string, Parameter>, path: string, input: ParamType, isHashed: boolean): void {
  if (isHashed) return void into.set(path, {kind: 'hashed', type: input.type})
  if (input.baseType === 'tuple') {
    for (const member of input.components ?? []) describe(into, `${path}.${member.name}`, member, false)
    return
  }
  into.set(path, {kind: kindOf(input), type: input.type})
}

function kindOf({type}: ParamType): ValueKind {
  if (type === 'address' || type === 'bool' || type === 'bytes32' || type === 'bytes') return type
  if (type === 'string') return 'text'
  return /^uint\d+$/.test(type) ? 'uint' : 'other'
}

/**
 * The generated codecs' own building blocks, so that own events are read as strictly as the standards' (StrictSource). A string is encoded as
 * bytes are, and read as such: its hash is of what the log holds, and not of what a database can hold of it (text.ts).
 */
function codecOf(input: ParamType): AnyCodec {
  if (input.baseType === 'array') {
    const item = codecOf(input.arrayChildren as ParamType)
    return (input.arrayLength === -1 ? array(item) : fixedSizeArray(item, input.arrayLength as number)) as AnyCodec
  }
  if (input.baseType === 'tuple') {
    const members = (input.components ?? []).map((member): [string, AnyCodec] => [member.name, codecOf(member)])
    return struct(Object.fromEntries(members) as never) as unknown as AnyCodec
  }
  const named: Readonly<Record<string, unknown>> = {...codecs, address, bool, bytes, string: bytes}
  const codec = named[input.type]
  if (!codec) throw new Error(`parameters of type ${input.type} cannot be read`)
  return codec as AnyCodec
}
