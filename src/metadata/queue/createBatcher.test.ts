import {expect, test} from 'vitest'
import {createBatcher} from './createBatcher'

type Given = Readonly<{isBad?: (n: number) => boolean; most?: number; mostBytes?: number; parallel?: number}>
function create({isBad = () => false, ...limits}: Given = {}) {
  const batches: (readonly number[])[] = []
  const add = createBatcher<number>({
    store: async (items) => {
      batches.push(items)
      await Promise.resolve()
      if (items.some(isBad)) throw new Error(`bad ${items}`)
    },
    sizeOf: (n) => n,
    ...limits,
  })
  return {batches, add}
}

test('what comes while one is stored is stored together', async () => {
  const {batches, add} = create()
  await Promise.all([1, 2, 3].map(add))
  await add(4)
  expect(batches).toEqual([[1], [2, 3], [4]])
})

test('as many statements as allowed are under way at once', async () => {
  const {batches, add} = create({parallel: 2})
  await Promise.all([1, 2, 3, 4].map(add))
  expect(batches).toEqual([[1], [2], [3, 4]])
})

test('no batch is longer or heavier than allowed, and one that is too heavy goes alone', async () => {
  const {batches, add} = create({most: 2, mostBytes: 100})
  await Promise.all([1, 2, 3, 4, 99, 500, 5].map(add))
  expect(batches).toEqual([[1], [2, 3], [4], [99], [500], [5]])
})

test('who is at fault fails alone, and the others are stored', async () => {
  const {add} = create({isBad: (n) => n === 3})
  const settled = await Promise.allSettled([1, 2, 3, 4].map(add))
  expect(settled.map(({status}) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled'])
  await add(5)
})
