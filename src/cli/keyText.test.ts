import {expect, test} from 'vitest'
import {formatKey, parseExpiry, parseKeyName} from './keyText'

const NOW = new Date('2026-06-01T12:00:00Z')
const message = expect.stringMatching(/^[A-Z].*\.$/)

test.each([
  ['2027-01-31', '2027-01-31T00:00:00.000Z'],
  ['2027-01-31T12:00:00Z', '2027-01-31T12:00:00.000Z'],
  ['2027-01-31T12:00+02:00', '2027-01-31T10:00:00.000Z'],
])('a key may end at %s', (text, time) => expect(parseExpiry(text, NOW).toISOString()).toBe(time))

test.each(['5', '2027-02-31', 'January 5, 2099', '2027', '2027-01-31T12:00:00', 'tomorrow', ''])(
  'what is no moment in ISO 8601 is refused: %j',
  (text) => expect(() => parseExpiry(text, NOW)).toThrow(expect.objectContaining({code: 'commander.invalidArgument', message})),
)

test.each(['2020-01-01', '2026-06-01', '2026-06-01T12:00:00Z'])('a key that has ended already is not made: %s', (text) =>
  expect(() => parseExpiry(text, NOW)).toThrow(
    expect.objectContaining({code: 'commander.invalidArgument', message: expect.stringContaining('future')}),
  ),
)

test('a name is trimmed, and is neither empty, long nor of several lines', () => {
  expect(parseKeyName('  an analyst ')).toBe('an analyst')
  expect(parseKeyName(` ${'x'.repeat(200)} `)).toHaveLength(200)
  for (const name of ['', '   ', 'a\nb', 'a\u007fb', 'x'.repeat(201)])
    expect(() => parseKeyName(name)).toThrow(expect.objectContaining({code: 'commander.invalidArgument', message}))
})

test('a list says of each key whether it works', () => {
  const key = {id: 'k', name: 'n', scopes: ['read'] as const, createdAt: new Date('2026-01-01'), expiresAt: null, revokedAt: null}
  const stateOf = (times: object) => formatKey({...key, ...times}, NOW).split('\t')[3]
  expect(stateOf({})).toBe('works')
  expect(stateOf({expiresAt: new Date('2026-06-02')})).toBe('until 2026-06-02T00:00:00.000Z')
  expect(stateOf({expiresAt: NOW})).toBe('expired 2026-06-01T12:00:00.000Z')
  expect(stateOf({expiresAt: new Date('2026-05-01'), revokedAt: new Date('2026-04-01')})).toBe('revoked 2026-04-01T00:00:00.000Z')
})
