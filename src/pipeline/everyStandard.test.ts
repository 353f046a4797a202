import {readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {isDeepStrictEqual} from 'node:util'
import {Interface, type ParamType} from 'ethers'
import {describe, expect, it} from 'vitest'
import {EMITTER, encodeLog, word} from '../../test/support/givenLogs'
import {sampleLog, sampleOf, withTopic, withWord, wordsOf} from '../../test/support/sampleLogs'
import {buildConfiguredLayout, buildConfiguredStandard} from '../configured/configuredStandard'
import type {Hex} from '../domain/hex'
import type {Log} from '../domain/log'
import {type Answer, MAX_QUESTIONS, NOT_ASKED} from '../domain/question'
import type {Standard} from '../domain/standard'
import {MAX_TEXT_BYTES} from '../domain/text'
import {STANDARDS} from '../standards/registry'
import {type DecodedLogs, decodeLogs} from './decodeLogs'
import {createRouter, type Router} from './router'

// Runs over every folder of src/standards by its existing: a new standard needs no line here.
const ROOT = join(__dirname, '../..')
const BY_NAME = STANDARDS.filter(({onlyByName}) => onlyByName)
const OWN = ownShape(
  'Licensed(uint256 indexed work, bytes32 indexed kind, address to, (string uri, uint64 days_) terms, bytes scope, bool sole)',
)
const BY_ALL = [...STANDARDS.filter(({onlyByName}) => !onlyByName), OWN]
const byAll = createRouter(BY_ALL)
const byName = createRouter(STANDARDS, {standardsByAddress: new Map([[EMITTER, BY_NAME.map(({name}) => name)]])})
const FOLDERS = readdirSync(join(ROOT, 'src/standards'), {withFileTypes: true})
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)
const LAYOUTS = [...STANDARDS, OWN].flatMap(({name, layouts, onlyByName}) =>
  layouts.map((layout) => [`${name}: ${layout.signature.split('(')[0]}/${layout.topicCount}`, layout, onlyByName === true] as const),
)

const WORK_LIMIT_MS = 2_000
const MEGABYTE = 1024 * 1024

/** An operator's own shape, with every kind of value: held to the same rules. */
function ownShape(event: string): Standard {
  const fields = {
    ...{licenseId: 'work', tokenId: 'work', licensee: 'to', termsHash: 'keccak256(scope)', termsURI: 'terms.uri'},
    ...{expiry: '$timestamp + terms.days_', exclusivity: 'sole'},
  }
  const result = buildConfiguredLayout({contracts: '*', event, as: 'license.granted', fields})
  if (!result.ok) throw new Error(JSON.stringify(result.problems))
  return buildConfiguredStandard([result.layout])
}

/** Outcome of one log; fails when it takes too much of a processor, which a busy machine does not change. */
function outcomeBy(router: Router, log: Log): DecodedLogs {
  const start = process.cpuUsage()
  const outcome = decodeLogs([log], router, new Set())
  const {user, system} = process.cpuUsage(start)
  expect((user + system) / 1_000).toBeLessThan(WORK_LIMIT_MS)
  return outcome
}

const isDynamic = (type: ParamType): boolean =>
  type.type === 'string' ||
  type.type === 'bytes' ||
  (type.isArray() ? type.arrayLength === -1 || isDynamic(type.arrayChildren) : type.isTuple() && type.components.some(isDynamic))

/** Words that the head of a static type takes. */
const headWords = (type: ParamType): number => {
  if (isDynamic(type)) return 1
  if (type.isArray()) return (type.arrayLength as number) * headWords(type.arrayChildren)
  return type.isTuple() ? type.components.reduce((sum, member) => sum + headWords(member), 0) : 1
}

/** The log, with a megabyte of `byte` behind the length of that parameter, which names as much as there is. */
function withMegabyte(log: Log, data: readonly ParamType[], huge: ParamType, byte: string): Log {
  const at = data.slice(0, data.indexOf(huge)).reduce((sum, type) => sum + headWords(type), 0)
  const length = huge.isArray() ? MEGABYTE / 32 : MEGABYTE
  const pointed = withWord(log, at, word(wordsOf(log).length * 32))
  return {...pointed, data: `${pointed.data}${word(length)}${byte.repeat(MEGABYTE)}` as Hex}
}

/** Another byte, as two hex digits. */
const step = (byte: string, by: number): string => ((Number.parseInt(byte, 16) + by) % 0x100).toString(16).padStart(2, '0')

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}

describe.each(FOLDERS)('standard %s', (folder) => {
  const standard = STANDARDS.find(({name}) => name === folder)

  it('is registered under the name of its folder', () => {
    expect(standard).toMatchObject({name: folder, title: expect.any(String), source: expect.any(String)})
  })

  it('has exactly the layouts of its ABI files, by a keccak256 and a count of its own', () => {
    const declared = readdirSync(join(ROOT, 'abi'))
      .filter((file) => file === `${folder}.json` || file.startsWith(`${folder}-`))
      .flatMap((file) => Interface.from(readFileSync(join(ROOT, 'abi', file), 'utf8')).fragments)
      .map((fragment) => Interface.from([fragment]).getEvent((fragment as unknown as {name: string}).name))
      .map((event) => `${event?.topicHash}/${1 + (event?.inputs.filter((input) => input.indexed).length ?? 0)}`)
    expect(standard?.layouts.map(({topic0, topicCount}) => `${topic0}/${topicCount}`).sort()).toEqual([...declared].sort())
  })
})

describe.each(LAYOUTS)('%s', (_, layout, isByName) => {
  const outcomeOf = (log: Log) => outcomeBy(isByName ? byName : byAll, log)
  const readers = isByName ? BY_NAME : BY_ALL
  const log = sampleLog(layout)
  const {events, failures} = outcomeOf(log)

  it('says in its signature what it is routed by', () => {
    expect([log.topics[0], log.topics.length]).toEqual([layout.topic0, layout.topicCount])
  })

  it('reads what ethers encodes', () => {
    expect({events: events.length > 0, failures}).toEqual({events: true, failures: []})
  })

  it('reads cut data as the same, or not at all [INV-2]', () => {
    for (let length = 2; length < log.data.length; length += 16) {
      const cut = outcomeOf({...log, data: log.data.slice(0, length) as Hex})
      if (cut.failures.length === 0) expect(cut.events).toEqual(events)
      else expect(cut).toMatchObject({events: [], failures: [{reason: 'malformed', dataBytes: (length - 2) / 2}]})
    }
  })

  it('never drops dirty upper bytes: they change what is said or refuse the log, unless nothing of that value is said', () => {
    const isSame = (other: Log) => isDeepStrictEqual(outcomeOf(other).events, events)
    const places = [
      ...wordsOf(log).map((old, i) => [old, (value: string) => withWord(log, i, value)] as const),
      ...log.topics.slice(1).map((old, i) => [old.slice(2), (value: string) => withTopic(log, i + 1, value)] as const),
    ]
    for (const [old, withValue] of places)
      if (isSame(withValue(`${step(old.slice(0, 2), 0x80)}${old.slice(2)}`)))
        expect(isSame(withValue(`${old.slice(0, -2)}${step(old.slice(-2), 1)}`))).toBe(true)
  })

  it('survives absurd offsets, lengths and numbers in every word [INV-8]', () => {
    for (const value of [0n, 1n, 31n, 32n, 2n ** 24n, 2n ** 32n - 1n, 2n ** 32n, 2n ** 53n, 2n ** 255n, 2n ** 256n - 1n]) {
      wordsOf(log).forEach((_old, i) => {
        const outcome = outcomeOf(withWord(log, i, word(value)))
        expect(outcome.events.length + outcome.failures.length).toBeLessThanOrEqual(Math.max(1, events.length))
      })
    }
  })

  it('survives a megabyte behind the data, and a megabyte of nothing else', () => {
    expect(outcomeOf({...log, data: `${log.data}${'ff'.repeat(1_000_000)}`}).events).toEqual(events)
    for (const byte of ['00', 'ff', '20']) outcomeOf({...log, data: `0x${byte.repeat(1_000_000)}`})
  })

  it('stores a megabyte in any one text, blob or list as a failure, or tells no more than a text may hold [INV-8]', () => {
    const {inputs} = Interface.from([`event ${layout.signature}`]).fragments[0] as unknown as {inputs: readonly ParamType[]}
    const data = inputs.filter(({indexed}) => !indexed)
    for (const huge of data.filter(isDynamic)) {
      const {events, failures} = outcomeOf(withMegabyte(log, data, huge, huge.isArray() ? '00' : '61'))
      const longest = textsIn(events.slice(0, 5)).reduce((most, text) => Math.max(most, Buffer.byteLength(text)), 0)
      expect(longest).toBeLessThanOrEqual(MAX_TEXT_BYTES)
      if (huge.type === 'string') expect(failures).toMatchObject([{reason: 'too_large'}])
    }
  })

  it('asks a bounded number of questions, and takes any answer', () => {
    const questions = layout.asks?.(log) ?? []
    expect(questions.length).toBeLessThanOrEqual(MAX_QUESTIONS)
    const hostile = [NOT_ASKED, ...['', '00', 'ff', '20'].map((byte): Answer => ({ok: true, data: `0x${byte.repeat(64 * 1024)}`}))]
    for (const answer of hostile) {
      const start = process.cpuUsage()
      const told = layout.decode(
        log,
        questions.map(() => answer),
      )
      expect((process.cpuUsage(start).user + process.cpuUsage(start).system) / 1_000).toBeLessThan(WORK_LIMIT_MS)
      expect(told.map(({type}) => type)).toEqual(events.map(({type}) => type))
    }
  })

  it('keeps no NUL and no broken Unicode, whatever bytes a string holds', () => {
    const asBytes = layout.signature.replaceAll(/\bstring\b/g, 'bytes')
    const {inputs} = Interface.from([`event ${asBytes}`]).fragments[0] as unknown as {inputs: readonly ParamType[]}
    const hostile = (type: ParamType): unknown => {
      if (type.isTuple()) return type.components.map(hostile)
      return type.type === 'bytes' ? '0x6100ffeda080f09f' : sampleOf(type)
    }
    const {topics, data} = encodeLog(asBytes, inputs.map(hostile))
    const outcome = outcomeOf({...log, topics: [layout.topic0, ...topics.slice(1)], data})
    expect(outcome.failures).toEqual([])
    const texts = textsIn(outcome.events)
    expect(texts.map((text) => Buffer.from(text).toString().replaceAll('\0', ''))).toEqual(texts)
  })

  it('stores a count of topics that nobody knows as a failure [INV-2]', () => {
    const others = readers.flatMap(({layouts}) => layouts)
    const counts = others.filter(({topic0}) => topic0 === layout.topic0).map(({topicCount}) => topicCount)
    const foreign = readers.flatMap((standard) => standard.foreign ?? []).filter(({topic0}) => topic0 === layout.topic0)
    for (let count = 1; count <= 6; count++) {
      if (counts.includes(count) || foreign.some(({topicCount}) => topicCount === count)) continue
      const topics = Array.from({length: count}, (_value, i): Hex => log.topics[i] ?? `0x${word(i)}`)
      expect(outcomeOf({...log, topics})).toMatchObject({events: [], failures: [{reason: 'unknown_layout', topicCount: count}]})
    }
  })
})
