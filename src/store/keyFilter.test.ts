import {expect, test} from 'vitest'
import {createKeyFilter} from './keyFilter'

const key = (i: number) => `0000000001-0x${i.toString(16).padStart(40, '0')}-${i % 7}`

test('a key that was added is never taken for new, and one that was not is, but for one in a thousand', () => {
  const filter = createKeyFilter()
  for (let i = 0; i < 50_000; i++) filter.add('Asset', key(i))
  let [missed, mistaken] = [0, 0]
  for (let i = 0; i < 50_000; i++) {
    if (!filter.mayHold('Asset', key(i))) missed++
    if (filter.mayHold('Asset', key(i + 50_000))) mistaken++
  }
  expect(missed).toBe(0)
  expect(mistaken).toBeLessThan(50)
})

test('the same key of another table is another key', () => {
  const filter = createKeyFilter()
  for (let i = 0; i < 1_000; i++) filter.add('Asset', key(i))
  expect(Array.from({length: 1_000}, (_, i) => filter.mayHold('Balance', key(i))).filter(Boolean).length).toBeLessThan(5)
})
