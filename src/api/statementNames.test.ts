import {expect, test} from 'vitest'
import {createStatementNames} from './statementNames'

test('a text is named when it keeps coming, and keeps its name', () => {
  const names = createStatementNames()
  expect([names.of('a'), names.of('a'), names.of('a'), names.of('b'), names.of('a')]).toEqual([undefined, undefined, 's0', undefined, 's0'])
})

test('no more than 200 are named, whatever comes', () => {
  const names = createStatementNames()
  const named = new Set<string | undefined>()
  for (let text = 0; text < 5_000; text++) for (let times = 0; times < 4; times++) named.add(names.of(String(text)))
  expect(named.size).toBe(201)
  expect(names.of('0')).toBe('s0')
})
