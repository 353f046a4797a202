import type {AbiEvent} from '@subsquid/evm-abi'
import type {Codec, DecodedStruct} from '@subsquid/evm-codec'
import type {EventBody} from './event'
import type {Hash32} from './hex'
import type {Log} from './log'
import type {Answer, Question} from './question'
import type {EventLayout} from './standard'
import {openBytes, openTopic} from './strictSource'

// biome-ignore lint/suspicious/noExplicitAny: the generated parameters are typed this way by @subsquid/evm-abi
type EventArgs = {[name: string]: Codec<any> & {indexed?: boolean}}

type Parameter = Readonly<{name: string; codec: Codec<unknown>; indexed: boolean}>

/** `indexed` is asked for, never searched with `in`: the generated codecs are proxies that only answer. */
const parametersOf = (event: AbiEvent<EventArgs>): readonly Parameter[] =>
  Object.entries(event.params as EventArgs).map(([name, codec]) => ({name, codec, indexed: codec.indexed === true}))

/** Where an event of src/abi is routed: topic0 and topic count come from the ABI, never from a hand. */
export function describeEvent<T extends EventArgs>(event: AbiEvent<T>): Omit<EventLayout, 'decode'> {
  const parameters = parametersOf(event as unknown as AbiEvent<EventArgs>)
  const types = splitTypes(event.signature)
  const written = parameters.map(({name, indexed}, i) => `${types[i]} ${indexed ? 'indexed ' : ''}${name}`)
  return {
    signature: `${event.signature.slice(0, event.signature.indexOf('('))}(${written.join(', ')})`,
    topic0: event.topic as Hash32,
    topicCount: 1 + parameters.filter((parameter) => parameter.indexed).length,
  }
}

type Unindexed<T> = {[K in keyof T as T[K] extends {indexed: true} ? never : K]: T[K]}

/** Reads the parameters of a log by the generated codecs, strictly (see StrictSource). Indexed dynamic values are their keccak256. */
export function eventReader<T extends EventArgs>(event: AbiEvent<T>): (log: Log) => DecodedStruct<T> {
  const parameters = parametersOf(event as unknown as AbiEvent<EventArgs>)
  return (log) => {
    const data = openBytes(log.data)
    let topic = 1
    const values: Record<string, unknown> = {}
    for (const {name, codec, indexed} of parameters) values[name] = codec.decode(indexed ? openTopic(log.topics[topic++]) : data)
    return values as DecodedStruct<T>
  }
}

/** As eventReader, for decoders that read the topics themselves: what is not indexed. */
export function dataReader<T extends EventArgs>(event: AbiEvent<T>): (log: Log) => DecodedStruct<Unindexed<T>> {
  const parameters = parametersOf(event as unknown as AbiEvent<EventArgs>).filter(({indexed}) => !indexed)
  return (log) => {
    const data = openBytes(log.data)
    const values: Record<string, unknown> = {}
    for (const {name, codec} of parameters) values[name] = codec.decode(data)
    return values as DecodedStruct<Unindexed<T>>
  }
}

/** A layout whose meaning is a function of its parameters. */
export function buildLayout<T extends EventArgs>(
  event: AbiEvent<T>,
  decode: (parameters: DecodedStruct<T>, log: Log) => readonly EventBody[],
): EventLayout {
  const read = eventReader(event)
  return {...describeEvent(event), decode: (log) => decode(read(log), log)}
}

/** As buildLayout, where the log alone is not enough: `asks` says what to ask the chain, `decode` is given the answers. */
export function buildAskingLayout<T extends EventArgs>(
  event: AbiEvent<T>,
  {
    asks,
    decode,
  }: Readonly<{
    asks: (parameters: DecodedStruct<T>, log: Log) => readonly Question[]
    decode: (parameters: DecodedStruct<T>, log: Log, answers: readonly Answer[]) => readonly EventBody[]
  }>,
): EventLayout {
  const read = eventReader(event)
  return {
    ...describeEvent(event),
    asks: (log) => asks(read(log), log),
    decode: (log, answers = []) => decode(read(log), log, answers),
  }
}

/** `Name(a,(b,c)[],d)` -> `a`, `(b,c)[]`, `d`. */
function splitTypes(signature: string): readonly string[] {
  const types: string[] = []
  let depth = 0
  let start = signature.indexOf('(') + 1
  for (let i = start; i < signature.length; i++) {
    const character = signature[i]
    if ((character === ',' && depth === 0) || i === signature.length - 1) {
      types.push(signature.slice(start, i))
      start = i + 1
    } else if (character === '(') depth++
    else if (character === ')') depth--
  }
  return types
}
