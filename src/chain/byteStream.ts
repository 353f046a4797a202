/** Growing bytes with the few shapes that segments are made of. */
export function createByteWriter(initial = 1 << 16) {
  let out = Buffer.allocUnsafe(initial)
  let at = 0
  const need = (bytes: number) => {
    if (at + bytes <= out.length) return
    const grown = Buffer.allocUnsafe(Math.max(out.length * 2, at + bytes))
    out.copy(grown, 0, 0, at)
    out = grown
  }
  const natural = (value: number) => {
    need(8)
    let rest = value
    while (rest >= 0x80) {
      out[at++] = (rest % 0x80) | 0x80
      rest = Math.floor(rest / 0x80)
    }
    out[at++] = rest
  }
  /** Short texts: a loop is faster than a native call with a slice. */
  const write = (hex: string, start: number) => {
    need((hex.length - start) >> 1)
    for (let i = start; i < hex.length; i += 2) out[at++] = (digitOf(hex.charCodeAt(i)) << 4) | digitOf(hex.charCodeAt(i + 1))
  }
  return {
    natural,
    integer: (value: number) => natural(value < 0 ? -2 * value - 1 : 2 * value),
    /** `0x`-prefixed, of a length that the reader knows. */
    bytes: (hex: string) => write(hex, 2),
    /** 32 bytes of which the leading zeros are not written. */
    word: (hex: string) => {
      let start = 2
      while (start < 66 && hex.charCodeAt(start) === 48 && hex.charCodeAt(start + 1) === 48) start += 2
      natural((66 - start) >> 1)
      write(hex, start)
    },
    finish: (): Buffer => out.subarray(0, at),
  }
}

/** Of lower-case hex. */
const digitOf = (code: number): number => (code < 58 ? code - 48 : code - 87)

/** Reads what the writer wrote. @throws RangeError past the end */
export function createByteReader(source: Buffer) {
  let at = 0
  const take = (count: number): string => {
    if (at + count > source.length) throw new RangeError('the segment ends too early')
    at += count
    return source.toString('hex', at - count, at)
  }
  const natural = (): number => {
    let value = 0
    let scale = 1
    for (;;) {
      const byte = source[at++]
      if (byte === undefined) throw new RangeError('the segment ends too early')
      value += (byte & 0x7f) * scale
      if (byte < 0x80) return value
      scale *= 0x80
    }
  }
  return {
    natural,
    integer: (): number => {
      const value = natural()
      return value % 2 ? -(value + 1) / 2 : value / 2
    },
    bytes: (count: number): string => `0x${take(count)}`,
    word: (): string => `0x${take(natural()).padStart(64, '0')}`,
    isAtEnd: (): boolean => at === source.length,
  }
}
