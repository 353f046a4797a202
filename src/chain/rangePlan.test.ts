import {expect, test} from 'vitest'
import {createRangePlan} from './rangePlan'

const OPTIONS = {startBlocks: 64, maxBlocks: 2_000, targetLogs: () => 3_000}
const sizes = (steps: readonly (readonly [number, number])[]) => {
  const plan = createRangePlan(OPTIONS)
  return steps.map(([blocks, logs]) => (plan.record(blocks, logs), plan.size()))
}

test('an empty chain: twice as many each time, up to the most', () => {
  expect(
    sizes([
      [64, 0],
      [128, 0],
      [256, 0],
      [512, 0],
      [1_024, 0],
      [2_000, 0],
    ]),
  ).toEqual([128, 256, 512, 1_024, 2_000, 2_000])
})

test('a dense chain: as many as give the wanted number of logs, at once', () => {
  expect(
    sizes([
      [64, 64 * 100],
      [30, 3_000],
    ]),
  ).toEqual([30, 30])
})

test('after a dense part it grows again', () => {
  const grown = sizes([[64, 6_400], ...Array.from({length: 12}, () => [60, 60] as const)])
  expect(grown.at(-1)).toBeGreaterThan(500)
})

test('never less than a block', () => {
  expect(sizes([[1, 100_000]])).toEqual([1])
})
