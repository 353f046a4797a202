/** RLP, written straight into one buffer: sizes first, then bytes. Only what receipts and their trie need. */
export type Rlp = Buffer | readonly Rlp[]

const lengthOfLength = (length: number): number => (length < 0x100 ? 1 : length < 0x10000 ? 2 : length < 0x1000000 ? 3 : 4)
const withPrefix = (length: number): number => (length < 56 ? 1 + length : 1 + lengthOfLength(length) + length)

const sizeOfBytes = (bytes: Buffer): number => (bytes.length === 1 && (bytes[0] as number) < 0x80 ? 1 : withPrefix(bytes.length))
const payloadOf = (items: readonly Rlp[]): number => items.reduce((sum, item) => sum + sizeOf(item), 0)
const sizeOf = (item: Rlp): number => (Buffer.isBuffer(item) ? sizeOfBytes(item) : withPrefix(payloadOf(item)))

function writePrefix(out: Buffer, at: number, length: number, base: number): number {
  if (length < 56) {
    out[at] = base + length
    return at + 1
  }
  const n = lengthOfLength(length)
  out[at] = base + 55 + n
  out.writeUIntBE(length, at + 1, n)
  return at + 1 + n
}

function write(out: Buffer, at: number, item: Rlp): number {
  if (Buffer.isBuffer(item)) {
    if (item.length === 1 && (item[0] as number) < 0x80) {
      out[at] = item[0] as number
      return at + 1
    }
    const start = writePrefix(out, at, item.length, 0x80)
    item.copy(out, start)
    return start + item.length
  }
  let end = writePrefix(out, at, payloadOf(item), 0xc0)
  for (const inner of item) end = write(out, end, inner)
  return end
}

/** `typePrefix`: the byte of EIP-2718 before the list, null for a legacy value. */
export function encodeRlp(item: Rlp, typePrefix: number | null = null): Buffer {
  const offset = typePrefix === null ? 0 : 1
  const out = Buffer.allocUnsafe(offset + sizeOf(item))
  if (typePrefix !== null) out[0] = typePrefix
  write(out, offset, item)
  return out
}

/** An integer without leading zeros; zero is the empty string. */
export function rlpInteger(hexQuantity: string): Buffer {
  const digits = hexQuantity.slice(2).replace(/^0+/, '')
  return Buffer.from(digits.length % 2 ? `0${digits}` : digits, 'hex')
}

export const rlpHex = (hex: string): Buffer => Buffer.from(hex.slice(2), 'hex')
