import {expect, test} from 'vitest'
import {createPace} from './createPace'

test('a second brings so many, and unused ones are not saved up', () => {
  let now = 0
  const pace = createPace(10, () => now)
  expect(pace.available()).toBe(10)
  pace.take(10)
  expect(pace.available()).toBe(0)
  now = 500
  expect(pace.available()).toBe(5)
  now = 60_000
  expect(pace.available()).toBe(10)
})

test('a rate of nothing lets nothing pass', () => expect(createPace(0, () => 1e9).available()).toBe(0))
