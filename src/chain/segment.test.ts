import fc from 'fast-check'
import {expect, test} from 'vitest'
import type {ChainBlock} from './chainBlock'
import {DamagedSegment, decodeSegment, encodeSegment, type Segment} from './segment'

const hexOf = (bytes: number) =>
  fc.uint8Array({minLength: bytes, maxLength: bytes}).map((array) => `0x${Buffer.from(array).toString('hex')}`)
const data = fc.uint8Array({maxLength: 100}).map((array) => `0x${Buffer.from(array).toString('hex')}`)
const word = fc.oneof(
  hexOf(32),
  fc.bigInt({min: 0n, max: 2n ** 160n}).map((n) => `0x${n.toString(16).padStart(64, '0')}`),
)

const segment: fc.Arbitrary<Segment> = fc
  .record({
    from: fc.nat(30_000_000),
    parentHash: fc.option(hexOf(32)),
    steps: fc.array(
      fc.record({
        gap: fc.integer({min: 1, max: 50}),
        hash: hexOf(32),
        parentHash: hexOf(32),
        linked: fc.boolean(),
        timestamp: fc.nat(2_000_000_000),
        transactions: fc.array(fc.record({transactionIndex: fc.nat(500), hash: hexOf(32), from: hexOf(20), to: fc.option(hexOf(20))}), {
          maxLength: 3,
        }),
        logs: fc.array(
          fc.record({
            transactionIndex: fc.nat(500),
            transactionHash: hexOf(32),
            address: hexOf(20),
            topics: fc.array(word, {maxLength: 4}),
            data,
          }),
          {maxLength: 5},
        ),
      }),
      {maxLength: 8},
    ),
  })
  .map(({from, parentHash, steps}) => {
    const blocks: ChainBlock[] = []
    let number = from - 1
    for (const {gap, hash, linked, logs, ...step} of steps) {
      const before = blocks.at(-1)
      number += linked ? 1 : gap
      blocks.push({
        ...step,
        number,
        hash,
        parentHash: linked && before ? before.hash : step.parentHash,
        logs: logs.map((log, i) => ({...log, logIndex: i * 3, blockNumber: number, blockHash: hash})),
      })
    }
    return {range: {from, to: number + 1}, parentHash, blocks}
  })

test('what is written is read', () => {
  fc.assert(
    fc.property(segment, (value) => {
      expect(decodeSegment(encodeSegment(value))).toEqual(value)
    }),
  )
})

test('any byte that changes is noticed', () => {
  fc.assert(
    fc.property(segment, fc.nat(), fc.integer({min: 1, max: 255}), (value, at, change) => {
      const file = encodeSegment(value)
      const index = at % file.length
      file[index] = (file[index] as number) ^ change
      expect(() => decodeSegment(file)).toThrow(DamagedSegment)
    }),
  )
})

test('any end that is missing is noticed', () => {
  fc.assert(
    fc.property(segment, fc.nat(), (value, at) => {
      const file = encodeSegment(value)
      expect(() => decodeSegment(file.subarray(0, at % file.length))).toThrow(DamagedSegment)
    }),
  )
})
