/** Growing bytes with the few shapes that segments are made of. */
export class ByteWriter {
  private out = Buffer.allocUnsafe(1 << 16)
  private at = 0

  natural(value: number): void {
    this.need(8)
    let rest = value
    while (rest >= 0x80) {
      this.out[this.at++] = (rest % 0x80) | 0x80
      rest = Math.floor(rest / 0x80)
    }
    this.out[this.at++] = rest
  }

  integer(value: number): void {
    this.natural(value < 0 ? -2 * value - 1 : 2 * value)
  }

  /** `0x`-prefixed, of a length that the reader knows. */
  bytes(hex: string): void {
    this.write(hex, 2)
  }

  /** 32 bytes of which the leading zeros are not written. */
  word(hex: string): void {
    let start = 2
    while (start < 66 && hex.charCodeAt(start) === 48 && hex.charCodeAt(start + 1) === 48) start += 2
    this.natural((66 - start) >> 1)
    this.write(hex, start)
  }

  finish(): Buffer {
    return this.out.subarray(0, this.at)
  }

  /** Short texts: a loop is faster than a native call with a slice. */
  private write(hex: string, start: number): void {
    this.need((hex.length - start) >> 1)
    const {out} = this
    let at = this.at
    for (let i = start; i < hex.length; i += 2) out[at++] = (digitOf(hex.charCodeAt(i)) << 4) | digitOf(hex.charCodeAt(i + 1))
    this.at = at
  }

  private need(bytes: number): void {
    if (this.at + bytes <= this.out.length) return
    const grown = Buffer.allocUnsafe(Math.max(this.out.length * 2, this.at + bytes))
    this.out.copy(grown, 0, 0, this.at)
    this.out = grown
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
