import {expect, test} from 'vitest'
import {MOST_ATTEMPTS, retryDelayMs} from './retryDelay'

test('attempts come ever later, a quarter sooner or later, and end after some days', () => {
  const middles = Array.from({length: MOST_ATTEMPTS - 1}, (_, i) => retryDelayMs(i + 1, 0.5) ?? 0)
  expect(middles).toEqual(middles.toSorted((a, b) => a - b))
  expect(new Set(middles)).toHaveLength(middles.length)
  expect([retryDelayMs(1, 0), retryDelayMs(1, 1)]).toEqual([3_750, 6_250])
  const days = middles.reduce((sum, ms) => sum + ms, 0) / 86_400_000
  expect(days).toBeGreaterThan(3)
  expect(days).toBeLessThan(4)
  expect(retryDelayMs(MOST_ATTEMPTS, 0.5)).toBeNull()
})
