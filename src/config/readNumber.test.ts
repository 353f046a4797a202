import {expect, test} from 'vitest'
import {ConfigError} from './configError'
import {readArguments} from './readArguments'
import {readNumber, readPort} from './readNumber'

const range = {fallback: 16, min: 1, max: 100}

test.each([
  [undefined, 16],
  ['', 16],
  ['1', 1],
  ['0100', 100],
])('a number of the environment, %j, is %i', (text, number) => expect(readNumber({N: text}, 'N', range)).toBe(number))

test.each(['0', '101', 'abc', '-1', '1.5', '1e2', '0x10', ' 5', '5 ', '٣', '9'.repeat(400)])(
  '%j is no number from 1 to 100: whoever set it is told which variable, and not its value',
  (text) => {
    const read = () => readNumber({N: text}, 'N', range)
    expect(read).toThrow(ConfigError)
    expect(read).toThrow(/^The environment cannot be used:\n {2}N: expected a whole number from 1 to 100$/)
  },
)

test.each(['abc', '-1', '65536'])('%j is no port', (text) => expect(() => readPort({P: text}, 'P', 0)).toThrow(ConfigError))

test('a port may be 0, which asks for a free one, and is that where none is named', () => {
  expect(readPort({P: '0'}, 'P', 4350)).toBe(0)
  expect(readPort({P: '65535'}, 'P', 4350)).toBe(65_535)
  expect(readPort({}, 'P', 4350)).toBe(4350)
})

test('arguments are read by name', () => {
  const options = {config: {type: 'string'}, 'from-cache': {type: 'boolean'}} as const
  expect(readArguments(options, ['--config', 'a.yaml', '--from-cache'])).toEqual({config: 'a.yaml', 'from-cache': true})
  expect(readArguments(options, [])).toEqual({})
})

test.each([['--bogus'], ['stray'], ['--config'], ['--config', '--bogus']])(
  'what is no argument of the process is a problem of the command: %s %s',
  (...args) => {
    const read = () => readArguments({config: {type: 'string'}}, args)
    expect(read).toThrow(ConfigError)
    expect(read).toThrow(/^The command cannot be used:/)
  },
)
