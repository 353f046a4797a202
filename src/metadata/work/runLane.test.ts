import {expect, test} from 'vitest'
import {type Lane, runLane} from './runLane'

/** A lane over the numbers given, whose work ends when it is told to. */
function create(given: Partial<Lane<number>> & Readonly<{items: number[]}>) {
  const stopping = new AbortController()
  const begun: number[] = []
  const returned: number[] = []
  const troubles: unknown[] = []
  const ends = new Map<number, () => void>()
  const leaves = new Map<number, () => void>()
  const done = runLane<number>({
    ...{places: 2, ahead: 3, rankOf: (n) => n, pauseAfter: () => 1, signal: stopping.signal},
    take: async (most) => given.items.splice(0, most),
    work: (item, leave) => {
      begun.push(item)
      leaves.set(item, leave)
      return new Promise((resolve) => ends.set(item, resolve))
    },
    giveBack: async (items) => void returned.push(...items),
    onTrouble: (error) => troubles.push(error),
    ...given,
  })
  const stop = async () => {
    stopping.abort()
    for (const end of ends.values()) end()
    await done
  }
  return {begun, returned, troubles, end: (n: number) => ends.get(n)?.(), leave: (n: number) => leaves.get(n)?.(), stop}
}
const soon = <T>(read: () => T) => expect.poll(read, {interval: 1})

test('as many as there are places are at work, the first in rank first; who leaves its place makes room, but not without end', async () => {
  const {begun, end, leave, stop} = create({items: [3, 1, 2, 5, 4]})
  await soon(() => begun).toEqual([1, 2])
  end(1)
  await soon(() => begun).toEqual([1, 2, 3])
  leave(2)
  await soon(() => begun).toEqual([1, 2, 3, 4])
  leave(3)
  leave(4)
  end(2)
  await soon(() => begun).toEqual([1, 2, 3, 4, 5])
  await stop()
})

test('what was taken ahead is given back at the end, and what was begun is waited for', async () => {
  const {begun, returned, stop} = create({items: [1, 2, 3, 4, 5]})
  await soon(() => begun).toEqual([1, 2])
  await stop()
  expect(returned).toEqual([3, 4, 5])
})

test('what hinders is told, and it goes on after its pause', async () => {
  let failures = 2
  const {begun, troubles, stop} = create({
    items: [],
    take: async () => {
      if (failures-- > 0) throw new Error('away')
      return begun.length === 0 ? [7] : []
    },
  })
  await soon(() => begun).toEqual([7])
  expect(troubles).toHaveLength(2)
  await stop()
})
