import fc from 'fast-check'
import {expect, test} from 'vitest'
import {splitAmounts} from './splitEvents'

test('a sum goes by the contract: the fee first, then the shares, both rounded down', () => {
  expect(splitAmounts(1_000_003n, {totalAllocation: 1_000_000n, distributorFee: 10_000}, [333_333n, 666_667n])).toEqual({
    amounts: [330_000n, 660_002n],
    distributorFee: 10_000n,
    remainder: 1n,
  })
})

test('parts, fee and remainder add up to any sum, whatever the shares; of no shares all remains [INV-6]', () => {
  const word = fc.bigInt({min: 0n, max: 2n ** 256n - 1n})
  const shares = fc.array(word, {maxLength: 5}).map((all) => ({all, total: all.reduce((a, b) => a + b, 0n)}))
  fc.assert(
    fc.property(word, shares, fc.integer({min: 0, max: 1_000_000}), (sum, {all, total}, fee) => {
      const {amounts, distributorFee, remainder} = splitAmounts(sum, {totalAllocation: total, distributorFee: fee}, all)
      expect(amounts.reduce((a, b) => a + b, distributorFee + remainder)).toBe(sum)
      expect([...amounts, distributorFee, remainder].every((part) => part >= 0n)).toBe(true)
      if (total === 0n) expect(remainder).toBe(sum - distributorFee)
    }),
    {seed: 7007},
  )
})
