import {invalid} from './invalid'

export const MAX_UINT256 = 2n ** 256n - 1n

/** Decimal or 0x-hex text within uint256. @throws InvalidInput */
export function parseUint256(text: string): bigint {
  if (/^(0|[1-9][0-9]{0,77}|0x[0-9a-fA-F]{1,64})$/.test(text)) {
    const value = BigInt(text)
    if (value <= MAX_UINT256) return value
  }
  throw invalid('uint256', text, 'a whole number from 0 to 2^256-1')
}
