import {expect, test} from 'vitest'
import {address} from '../../test/support/givenEvents'
import {createKeptContracts, loadCreated} from './createdContracts'

const [A, B, C] = [address(0xa), address(0xb), address(0xc)] as const

test('the first creation of a contract counts, until its block is gone [INV-4]', () => {
  const kept = createKeptContracts()
  kept.add(A, 5)
  kept.add(B, 7)
  kept.add(A, 7)
  expect([A, B, C].map(kept.since)).toEqual([5, 7, undefined])
  kept.dropAbove(7)
  expect(kept.size()).toBe(2)
  kept.dropAbove(6)
  expect([A, B, C].map(kept.since)).toEqual([5, undefined, undefined])
  kept.add(B, 7)
  kept.dropAbove(4)
  expect(kept.size()).toBe(0)
  kept.add(A, 6)
  expect(kept.since(A)).toBe(6)
})

test('stored ones are read a page at a time, each once', async () => {
  const stored = [A, B, C].map((contract, i) => ({id: `1-${contract}`, address: contract, created_in: i}))
  const asked: unknown[][] = []
  const query = async (_: string, [chain, last, limit]: unknown[]) => {
    asked.push([chain, last, limit])
    return stored.filter(({id}) => id > String(last)).slice(0, Number(limit))
  }
  const kept = await loadCreated(query, 1, 2)
  expect([A, B, C].map(kept.since)).toEqual([0, 1, 2])
  expect(asked).toEqual([
    [1, '', 2],
    [1, `1-${B}`, 2],
  ])
})
