import {readFileSync} from 'node:fs'
import {resolve} from 'node:path'
import {describe, expect, test} from 'vitest'
import {parseDocument} from './parseDocument'

const readFixture = (name: string): unknown =>
  JSON.parse(readFileSync(resolve(__dirname, `../../../test/fixtures/documents/${name}.json`), 'utf8'))
const parse = (text: string | Uint8Array, mediaType: string | null = null) =>
  parseDocument(typeof text === 'string' ? Buffer.from(text) : text, mediaType)
const suite = Object.entries(readFixture('json-suite') as Readonly<Record<string, string>>)
const outcomes = suite.map(([name, base64]) => [name, parseDocument(Buffer.from(base64, 'base64'), null)] as const)

describe('[INV-8] texts that JSON parsers stumble over', () => {
  test('the suite is there', () => {
    expect(suite.length).toBeGreaterThan(300)
  })

  test('what every parser must take is taken', () => {
    expect(outcomes.filter(([name, {ok}]) => name.startsWith('y_') && !ok)).toEqual([])
  })

  test('what every parser must refuse is refused, but for the control characters that contracts write', () => {
    const taken = outcomes.filter(([name, {ok}]) => name.startsWith('n_') && ok)
    expect(taken.filter(([, outcome]) => outcome.ok && outcome.notes.length === 0)).toEqual([])
    expect(new Set(taken.flatMap(([, outcome]) => (outcome.ok ? outcome.notes : [])))).toEqual(
      new Set(['control_characters', 'nul_replaced']),
    )
  })

  test('whatever is taken can be stored: no NUL, no lone surrogate, no infinite number', () => {
    const stored = outcomes.flatMap(([name, outcome]) => (outcome.ok ? [[name, JSON.stringify(outcome.json)] as const] : []))
    expect(stored.filter(([, text]) => /(^|[^\\])\\(u0000|ud[89a-f])/i.test(text))).toEqual([])
  })
})

test('strings that programs stumble over come out as they went in, as text and as a key', () => {
  const strings = (readFixture('naughty-strings') as readonly string[]).filter((text) => !/[\0\p{Surrogate}]/u.test(text))
  expect(strings.length).toBeGreaterThan(400)
  for (const text of strings) {
    const outcome = parse(JSON.stringify({name: text, [`key ${text}`]: 1}))
    expect(outcome).toEqual({ok: true, json: {name: text, [`key ${text}`]: 1}, notes: []})
  }
})

test.each([
  ['a NUL in a value and in a key', '{"a\\u0000":"b\\u0000c"}', {'a\uFFFD': 'b\uFFFDc'}, ['nul_replaced']],
  ['a lone surrogate', '{"a":"\\ud800x"}', {a: '\uFFFDx'}, ['lone_surrogate_replaced']],
  ['a line break inside a string', '{"a":"b\nc"}', {a: 'b\nc'}, ['control_characters']],
  ['a seed past 2^53', '{"seed":18446744073709551615}', {seed: '18446744073709551615'}, ['large_numbers_as_text']],
  ['a number past all doubles', '{"a":1e999}', {a: null}, ['infinite_number_dropped']],
  ['digits inside a string', '{"a":"18446744073709551615 \\" 1"}', {a: '18446744073709551615 " 1'}, []],
])('%s is changed so that it can be stored, and noted', (_, text, json, notes) => {
  expect(parse(text)).toEqual({ok: true, json, notes})
})

test.each([
  ['nothing', '', 'empty'],
  ['blanks', ' \n ', 'empty'],
  ['a page', '<!doctype html><html><body>not found</body></html>', 'not_json'],
  ['prose', 'Not Found', 'not_json'],
  ['JSON that ends early', '{"name":"a', 'malformed'],
  ['10,000 open brackets', '['.repeat(10_000), 'too_deep'],
  ['a million values', `[${'1,'.repeat(1_000_000)}1]`, 'too_many_values'],
  ['nine megabytes', `"${'a'.repeat(9_000_000)}"`, 'too_large'],
])('%s ends as a reason', (_, text, reason) => {
  expect(parse(text)).toMatchObject({ok: false, reason})
})

test('an image is told from a document by its bytes, whatever is declared', () => {
  const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')
  expect(parse(png, 'application/json')).toEqual({ok: false, reason: 'not_json', detail: 'image/png'})
})

test.each([
  ['UTF-8 with a mark', Buffer.concat([Buffer.from('efbbbf', 'hex'), Buffer.from('{"a":"é"}')]), null, ['byte_order_mark']],
  ['UTF-16 with a mark', Buffer.from('\uFEFF{"a":"é"}', 'utf16le'), null, ['byte_order_mark', 'other_charset']],
  ['UTF-16 without one', Buffer.from('{"a":"é"}', 'utf16le'), 'application/json', ['other_charset']],
  ['Latin 1 as declared', Buffer.from('{"a":"é"}', 'latin1'), 'application/json; charset=ISO-8859-1', ['other_charset']],
  ['UTF-8 declared as Latin 1', Buffer.from('{"a":"é"}'), 'application/json; charset=iso-8859-1', []],
])('%s is read for what it is', (_, bytes, mediaType, notes) => {
  expect(parse(bytes, mediaType)).toEqual({ok: true, json: {a: 'é'}, notes})
})

test('a charset that nobody knows leaves UTF-8, and what is none of it is replaced', () => {
  expect(parse(Buffer.from('{"a":"é"}', 'latin1'), 'application/json; charset=klingon')).toEqual({
    ok: true,
    json: {a: '\uFFFD'},
    notes: ['invalid_utf8_replaced'],
  })
})
