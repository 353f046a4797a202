import {describe, expect, test} from 'vitest'
import {hotParts} from './hotParts'

const head = (height: number) => ({height, hash: `0x${height}`})
const blocks = (from: number, to: number) => Array.from({length: to - from + 1}, (_, i) => head(from + i))

describe('an update of hot blocks', () => {
  test.each([
    ['without blocks', 0],
    ['of as many as Subsquid takes one by one', 199],
  ])('%s is given as it is', (_, count) => {
    const info = {finalizedHead: head(7), baseHead: head(7), newBlocks: blocks(8, 7 + count)}
    expect(hotParts(info)).toEqual([{info, from: 0}])
  })

  test('of more is given in parts, each on the last block of the one before, finality with the last', () => {
    const parts = hotParts({finalizedHead: head(300), baseHead: head(7), newBlocks: blocks(8, 407)})
    expect(parts.map(({from, info}) => [from, info.baseHead, info.newBlocks.length])).toEqual([
      [0, head(7), 199],
      [199, head(206), 199],
      [398, head(405), 2],
    ])
    expect(parts.flatMap(({info}) => info.newBlocks)).toEqual(blocks(8, 407))
    expect(parts.map(({info}) => info.finalizedHead.height)).toEqual([-1, -1, 300])
  })
})
