import type {Address} from './hex'

export type SplitRecipient = Readonly<{recipient: Address; allocation: bigint}>
/** What a fee of whoever distributes is out of. */
export const SPLIT_FEE_WHOLE = 1_000_000n

/** A contract that shares what it is paid has these recipients from here on. */
export type SplitChanged = Readonly<{
  type: 'split.changed'
  split: Address
  kind: 'created' | 'updated'
  /** Out of `totalAllocation`; empty where `source` says that they are unknown. */
  shares: readonly SplitRecipient[]
  totalAllocation: bigint
  /** Out of 1 000 000, before the shares. */
  distributorFee: number
  controller: Address | null
  /** `log`, `input` (of the transaction; proven by a hash), or `unknown: <why>`. */
  source: string
}>

/** What a split had of a currency was shared out. */
export type SplitDistributed = Readonly<{
  type: 'split.distributed'
  split: Address
  currency: Address
  /** Gross: the distributor's fee comes off it. */
  amount: bigint
  distributor: Address
}>

export type SplitEventBody = SplitChanged | SplitDistributed

export type SplitTerms = Readonly<{totalAllocation: bigint; distributorFee: number}>
export type SplitAmounts = Readonly<{amounts: readonly bigint[]; distributorFee: bigint; remainder: bigint}>

/**
 * What each recipient gets of a sum, by the contracts' own arithmetic: the fee of whoever distributes it first, then each share of the rest,
 * both rounded down. What rounding leaves stays in the split.
 */
export function splitAmounts(sum: bigint, {totalAllocation, distributorFee}: SplitTerms, allocations: readonly bigint[]): SplitAmounts {
  const fee = (sum * BigInt(distributorFee)) / SPLIT_FEE_WHOLE
  const amounts = allocations.map((allocation) => (totalAllocation === 0n ? 0n : ((sum - fee) * allocation) / totalAllocation))
  return {amounts, distributorFee: fee, remainder: amounts.reduce((rest, amount) => rest - amount, sum - fee)}
}
