/** Both ends included. */
export type BlockRange = Readonly<{from: number; to: number}>

export const rangeLength = ({from, to}: BlockRange): number => to - from + 1

/** In pieces of at most `size` blocks. */
export function splitRange({from, to}: BlockRange, size: number): readonly BlockRange[] {
  const pieces: BlockRange[] = []
  for (let start = from; start <= to; start += size) pieces.push({from: start, to: Math.min(to, start + size - 1)})
  return pieces
}

export const toQuantity = (value: number): string => `0x${value.toString(16)}`
