import fc from 'fast-check'
import {expect, test} from 'vitest'
import {keepOf, NOT_PLAIN, pickJson} from './pickJson'
import {askBlock, askLogs, askReceipts, askTransaction} from './rpcQuestions'
import {parseHeader, parseLogs, parseReceipts, parseTransaction} from './rpcShapes'
import type {RpcCall} from './rpcTransport'

const NAMES = ['id', 'result', 'hash', 'from', 'transactions']
const KEEP = keepOf(NAMES)

const pick = (text: string): unknown => pickJson(Buffer.from(text), KEEP)

const prune = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(prune)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).flatMap(([name, inner]) => (NAMES.includes(name) ? [[name, prune(inner)]] : [])))
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return NOT_PLAIN
  }
}

/** Nothing at all where JSON.parse refuses, and else the same without what nobody wants, unless it is left to JSON.parse. */
const expectSame = (text: string): void => {
  const picked = pick(text)
  if (picked !== NOT_PLAIN) expect(picked).toEqual(prune(parse(text)))
}

const name = fc.oneof(
  fc.constantFrom(...NAMES),
  fc.string({maxLength: 6, unit: 'binary'}),
  fc.constantFrom('', 'hasH', 'has', 'hash2', '__proto__'),
)
const tree = fc.letrec((tie) => ({
  any: fc.oneof(
    {depthSize: 'small', withCrossShrink: true},
    fc.oneof(
      fc.string({unit: 'binary'}),
      fc.stringMatching(/^0x[0-9a-f]*$/),
      fc.constantFrom('},{"id":1', '"', '\\', '],"hash":"', '\u0000', '\u2028', '\ufeff', '\ud800'),
      fc.double({noNaN: true, noDefaultInfinity: true}),
      fc.maxSafeInteger(),
      fc.boolean(),
      fc.constant(null),
    ),
    fc.array(tie('any'), {maxLength: 4}),
    fc.dictionary(name, tie('any'), {maxKeys: 5}),
  ),
})).any

test('what is picked is what JSON.parse makes of it, without what nobody wants', () => {
  fc.assert(fc.property(tree, fc.constantFrom(undefined, 1, '\t', '\n'), (value, space) => expectSame(JSON.stringify(value, null, space))))
})

test('an answer as nodes give it is never parsed whole', () => {
  const word = fc.oneof(fc.stringMatching(/^0x[0-9a-f]*$/), fc.nat(), fc.boolean(), fc.constant(null))
  const plain = fc.letrec((tie) => ({
    any: fc.oneof({depthSize: 'small'}, word, fc.array(tie('any')), fc.dictionary(fc.constantFrom(...NAMES, 'stateRoot', ''), tie('any'))),
  })).any
  fc.assert(
    fc.property(plain, (value) => {
      expect(pick(`${JSON.stringify(value)}\n`)).toEqual(prune(value))
    }),
  )
})

test('a text that was tampered with is refused as JSON.parse refuses it', () => {
  const edit = fc.tuple(
    fc.nat(),
    fc.nat(3),
    fc.oneof(fc.constantFrom(...'{}[],:"\\ \n\u0000\u0007-0.1eEtrufalsn'), fc.string({maxLength: 3})),
  )
  fc.assert(
    fc.property(tree, fc.array(edit, {minLength: 1, maxLength: 3}), (value, edits) => {
      const text = edits.reduce((text, [at, cut, insert]) => {
        const place = at % (text.length + 1)
        return text.slice(0, place) + insert + text.slice(place + cut)
      }, JSON.stringify(value))
      expectSame(text)
    }),
    {numRuns: 500},
  )
})

test.each([
  '',
  ' ',
  '{',
  '[',
  '"',
  '{"hash"',
  '{"hash":',
  '{"hash":"0x',
  '{"hash":1',
  '{"hash":1,}',
  '{,}',
  '{"hash" 1}',
  '{hash:1}',
  "{'hash':1}",
  '[1,]',
  '[,1]',
  '[1 2]',
  '[1}',
  '{"hash":1]',
  '1 2',
  '{}{}',
  '{} x',
  'tru',
  'trues',
  'nul',
  'nulll',
  'undefined',
  'NaN',
  '01',
  '+1',
  '.5',
  '1.',
  '0x1',
  '{"a":01}',
  '{"a":tru}',
  '{"a":"\n"}',
  '{"a":"\u0000"}',
  '{"hash":"\u001f"}',
  '{"a":"\\x"}',
  '{"a":"\\u12"}',
  '{"a":}',
  '[[[',
  ']',
  '}',
  '/*c*/1',
  '1//',
  '\u00a01',
  '\u000b1',
  '\ufeff1',
  '{"a":1,"a"}',
])('no JSON: %j', (text) => {
  expect(parse(text)).toBe(NOT_PLAIN)
  expect(pick(text)).toBe(NOT_PLAIN)
})

test.each([
  '{"h\\u0061sh":"0x1"}',
  '{"hash":"\\u0030x1"}',
  '{"hash":"ü"}',
  '{"a":"ü"}',
  '{"hash":-1}',
  '{"hash":1e3}',
  '{"hash":1234567890123456789}',
  `${'['.repeat(100_000)}${']'.repeat(100_000)}`,
])('left to JSON.parse: %.40s', (text) => {
  expect(parse(text)).not.toBe(NOT_PLAIN)
  expect(pick(text)).toBe(NOT_PLAIN)
})

test('of two members of one name the last counts, as for JSON.parse', () => {
  expect(pick('{"hash":"0x1","hash":"0x2","__proto__":{"from":1},"constructor":1}')).toEqual({hash: '0x2'})
})

const [H, A, B] = [`0x${'ab'.repeat(32)}`, `0x${'cd'.repeat(20)}`, `0x${'00'.repeat(256)}`]
const place = {blockHash: H, blockNumber: '0x1', transactionHash: H, transactionIndex: '0x0'}
const log = {...place, address: A, topics: [H, H], data: '0x', logIndex: '0x3', removed: false, blockTimestamp: '0x5'}
const transaction = {
  ...place,
  hash: H,
  from: A,
  to: null,
  gas: '0x1',
  accessList: [{address: A, storageKeys: [H]}],
  chainId: '0x1',
  v: '0x0',
}
const header = {
  number: '0x1',
  hash: H,
  parentHash: H,
  timestamp: '0x5',
  logsBloom: B,
  receiptsRoot: H,
  stateRoot: H,
  uncles: [],
  extraData: '0x',
}
const receipt = {
  ...place,
  from: A,
  to: A,
  type: '0x7e',
  status: '0x1',
  cumulativeGasUsed: '0x5',
  gasUsed: '0x5',
  logsBloom: B,
  logs: [log],
  depositNonce: '0x1',
  depositReceiptVersion: '0x1',
  contractAddress: null,
}

test.each<[string, RpcCall, (result: unknown) => unknown, unknown]>([
  ['logs', askLogs({}), parseLogs, [log, {...log, logIndex: '0x4'}]],
  ['a transaction', askTransaction(H), parseTransaction, transaction],
  ['a header', askBlock(1), parseHeader, {...header, transactions: [H, H]}],
  ['a header without transactions', askBlock(1), parseHeader, {...header, transactions: []}],
  ['a whole block', askBlock(1, true), parseHeader, {...header, transactions: [transaction, {...transaction, transactionIndex: '0x1'}]}],
  ['receipts', askReceipts(1), parseReceipts, [receipt]],
  ['receipts of before Byzantium', askReceipts(1), parseReceipts, [{...receipt, type: null, status: null, root: H}]],
])('of %s all is picked that is read', (_, {keep = KEEP}, read, result) => {
  const picked = pickJson(Buffer.from(JSON.stringify({jsonrpc: '2.0', id: 1, result})), keep) as {result: unknown}
  expect(read(picked.result)).toEqual(read(result))
})

test('a log that was removed is seen as one', () => {
  const {keep = KEEP} = askLogs({})
  const {result} = pickJson(Buffer.from(JSON.stringify({result: [{...log, removed: true}]})), keep) as {result: unknown}
  expect(() => parseLogs(result)).toThrow('removed')
})
