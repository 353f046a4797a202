import {expect, test} from 'vitest'
import {type ReadFailure, retryDelay} from './retryDelay'

const failure = (given: Partial<ReadFailure>): ReadFailure => ({kind: 'timeout', reason: '', retryable: true, retryAfterMs: null, ...given})

test('each pause is four times the one before, up to a day', () => {
  expect([1, 2, 3, 9].map((failures) => retryDelay(failure({}), failures, 0.5))).toEqual([10_000, 40_000, 160_000, 86_400_000])
})

test('kinds have pauses of their own, and servers may ask for longer ones', () => {
  expect(retryDelay(failure({kind: 'reverted'}), 1, 0.5)).toBe(3_600_000)
  expect(retryDelay(failure({kind: 'rate_limited', retryAfterMs: 600_000}), 1, 0.5)).toBe(600_000)
})

test('what failed together comes back apart', () => expect(retryDelay(failure({}), 1, 0)).not.toBe(retryDelay(failure({}), 1, 1)))

test('what cannot get better by itself, or never did, is not tried by itself', () => {
  expect(retryDelay(failure({kind: 'refused_address', retryable: false}), 1, 0.5)).toBeNull()
  expect(retryDelay(failure({}), 10, 0.5)).toBeNull()
})
