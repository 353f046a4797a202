import type {RawLog} from './chainBlock'
import type {Keccak} from './keccak'

/** Positions of the three nibbles in the hex text of a bloom, each with the bit to look for. */
export type Bits = readonly [number, number, number, number, number, number]

export type Bloom = Readonly<{
  /** Whether the bloom (`0x` and 512 hex digits) may hold the value. False is certain. */
  holds: (bloom: string, value: string) => boolean
  /** What to look for, for values that every header is asked for. */
  bitsOf: (value: string) => Bits
  /** The same as `holds` of the value that they are the bits of. */
  holdsBits: (bloom: string, bits: Bits) => boolean
  /** Bloom of some logs, as a header has it. */
  ofLogs: (logs: readonly RawLog[]) => string
}>

const MEMO_SIZE = 200_000

/** Ethereum's 2048-bit filter over addresses and topics (yellow paper 4.4.3). */
export function createBloom(keccak: Keccak): Bloom {
  const memo = new Map<string, Bits>()

  const bitsOf = (value: string): Bits => {
    const known = memo.get(value)
    if (known) return known
    const hash = keccak(Buffer.from(value.slice(2), 'hex'))
    const bits: number[] = []
    for (const i of [0, 2, 4]) {
      const bit = (((hash[i] as number) << 8) | (hash[i + 1] as number)) & 2047
      const digit = 2 + 2 * (255 - (bit >> 3)) + ((bit & 7) < 4 ? 1 : 0)
      bits.push(digit, 1 << (bit & 3))
    }
    if (memo.size >= MEMO_SIZE) memo.clear()
    memo.set(value, bits as unknown as Bits)
    return bits as unknown as Bits
  }

  const holdsBits = (bloom: string, bits: Bits): boolean =>
    (nibble(bloom.charCodeAt(bits[0])) & bits[1]) !== 0 &&
    (nibble(bloom.charCodeAt(bits[2])) & bits[3]) !== 0 &&
    (nibble(bloom.charCodeAt(bits[4])) & bits[5]) !== 0

  return {
    holds: (bloom, value) => holdsBits(bloom, bitsOf(value)),
    bitsOf,
    holdsBits,
    ofLogs: (logs) => {
      const digits = new Uint8Array(514)
      for (const {address, topics} of logs) {
        for (const value of [address, ...topics]) {
          const bits = bitsOf(value)
          for (let i = 0; i < 6; i += 2) digits[bits[i] as number] = (digits[bits[i] as number] as number) | (bits[i + 1] as number)
        }
      }
      let text = '0x'
      for (let i = 2; i < 514; i++) text += (digits[i] as number).toString(16)
      return text
    },
  }
}

const nibble = (code: number): number => (code < 58 ? code - 48 : code - 87)

export const EMPTY_BLOOM = `0x${'0'.repeat(512)}`
