import {expect, test} from 'vitest'
import {createSubscriberQueue} from './subscriberQueue'

const SLOW = new Error('takes too slowly')

test('who takes keeps what comes, in order, also what it waits for', async () => {
  const queue = createSubscriberQueue<number>(3, () => SLOW)
  const first = queue.take()
  for (const n of [1, 2, 3, 4]) queue.push(n)
  expect([await first, await queue.take(), await queue.take(), await queue.take()]).toEqual([1, 2, 3, 4])
})

test('who takes too slowly is cut off: nothing more is held for it, and it is told why [INV-8]', async () => {
  const queue = createSubscriberQueue<number>(3, () => SLOW)
  for (let n = 0; n < 1_000; n++) queue.push(n)
  await expect(queue.take()).rejects.toBe(SLOW)
  queue.push(1_000)
  await expect(queue.take()).rejects.toBe(SLOW)
})

test('what was held before the end is taken before it', async () => {
  const queue = createSubscriberQueue<number>(3, () => SLOW)
  queue.push(1)
  queue.end(null)
  expect([await queue.take(), await queue.take()]).toEqual([1, null])
  const waiting = createSubscriberQueue<number>(3, () => SLOW)
  const next = waiting.take()
  waiting.end(SLOW)
  await expect(next).rejects.toBe(SLOW)
})
