import {expect, test} from 'vitest'
import {createHostBreaker} from './hostBreaker'

test('a host that is away is asked once a while, and everybody again when it is back', () => {
  let now = 0
  const breaker = createHostBreaker(() => now)
  for (let i = 0; i < 5; i++) breaker.record('a.example', 'timeout')
  expect(() => breaker.requirePresence('a.example')).toThrow('left alone')
  breaker.requirePresence('b.example')
  now = 15_001
  breaker.requirePresence('a.example')
  expect(() => breaker.requirePresence('a.example')).toThrow('left alone')
  breaker.record('a.example', null)
  breaker.requirePresence('a.example')
})

test('what says something about a document says nothing about its host', () => {
  const breaker = createHostBreaker(() => 0)
  for (let i = 0; i < 50; i++) breaker.record('a.example', i % 2 ? 'not_found' : 'timeout')
  breaker.requirePresence('a.example')
})
