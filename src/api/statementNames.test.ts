import {expect, test} from 'vitest'
import {createStatementNames, MOST_NAMES} from './statementNames'

test('a text is named when it keeps coming, and keeps its name', () => {
  const names = createStatementNames()
  const [first, second, third, other, again] = [names.of('a'), names.of('a'), names.of('a'), names.of('b'), names.of('a')]
  expect([first, second, other]).toEqual([undefined, undefined, undefined])
  expect(third).toMatch(/^s/)
  expect(again).toBe(third)
  const others = createStatementNames()
  expect([others.of('x'), others.of('x'), others.of('x')][2]).not.toBe(third)
})

test('whatever comes, those that are asked for stay named, and no name is given to two texts', () => {
  const names = createStatementNames()
  const hot = [names.of('hot'), names.of('hot'), names.of('hot')][2]
  const textOf = new Map<string, string>()
  for (let i = 0; i < MOST_NAMES * 5; i++) {
    for (let times = 0; times < 4; times++) {
      const name = names.of(`text ${i}`)
      if (name) expect(textOf.set(name, textOf.get(name) ?? `text ${i}`).get(name)).toBe(`text ${i}`)
    }
    expect(names.of('hot')).toBe(hot)
  }
  // The room of those that came no more was given away.
  expect(names.of('text 0')).toBeUndefined()
})
