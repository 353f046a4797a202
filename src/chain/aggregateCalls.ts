import {AbiCoder} from 'ethers/abi'

/** aggregate3((address target, bool allowFailure, bytes callData)[]) */
const AGGREGATE3 = '0x82ad56cb'
/** In hex digits. One that is larger holds something that nobody will read: what is of use in it is asked for alone. */
const MAX_ANSWER = 2 ** 20

export type Inner = Readonly<{to: string; data: string}>
export type InnerResult = Readonly<{success: boolean; data: string}>

const coder = AbiCoder.defaultAbiCoder()

/** Many calls as one; each may fail by itself. */
export const encodeAggregate = (calls: readonly Inner[]): string =>
  AGGREGATE3 + coder.encode(['tuple(address,bool,bytes)[]'], [calls.map(({to, data}) => [to, true, data])]).slice(2)

/** Null when it is not the answer to `count` calls: then they are made one by one. */
export function decodeAggregate(answer: string, count: number): readonly InnerResult[] | null {
  if (answer.length > MAX_ANSWER) return null
  try {
    const [results] = coder.decode(['tuple(bool,bytes)[]'], answer) as unknown as [readonly (readonly [boolean, string])[]]
    return results.length === count ? results.map(([success, data]) => ({success, data})) : null
  } catch {
    return null
  }
}
