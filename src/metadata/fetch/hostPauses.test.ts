import {expect, test} from 'vitest'
import {createHostPauses} from './hostPauses'

const {signal} = new AbortController()

test('a host that asked for time gets it, and nobody else waits', async () => {
  let time = 0
  const pauses = createHostPauses(() => time)
  pauses.note('slow.example', 30_000)
  pauses.note('slow.example', 10_000)
  await expect(pauses.pass('slow.example', signal)).rejects.toMatchObject({kind: 'rate_limited', retryable: true, retryAfterMs: 30_000})
  await pauses.pass('other.example', signal)
  time = 30_000
  await pauses.pass('slow.example', signal)
})

test('an hour is the most that a host is left alone for', async () => {
  const pauses = createHostPauses(() => 0)
  pauses.note('slow.example', 86_400_000)
  await expect(pauses.pass('slow.example', signal)).rejects.toMatchObject({retryAfterMs: 3_600_000})
})

test('a moment is waited for, as long as somebody wants to know', async () => {
  const pauses = createHostPauses(() => 0)
  pauses.note('slow.example', 5)
  await pauses.pass('slow.example', signal)
  pauses.note('slow.example', 2_000)
  const giveUp = new AbortController()
  const passing = pauses.pass('slow.example', giveUp.signal)
  giveUp.abort(new Error('enough'))
  await expect(passing).rejects.toThrow('enough')
})
