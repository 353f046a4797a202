import {toQuantity} from './blockRange'
import type {Keccak} from './keccak'
import {encodeRlp, type Rlp, rlpInteger} from './rlp'

type Entry = Readonly<{path: readonly number[]; value: Buffer}>

const EMPTY = Buffer.alloc(0)

/** Root of the Merkle-Patricia trie that maps rlp(i) to values[i] (yellow paper appendix D), as `0x` and 64 hex digits. */
export function trieRoot(values: readonly Buffer[], keccak: Keccak): string {
  if (values.length === 0) return toHex(keccak(encodeRlp(EMPTY)))
  const entries = values.map((value, i) => ({path: nibblesOf(encodeRlp(rlpInteger(toQuantity(i)))), value}))
  return toHex(keccak(encodeRlp(buildNode(entries, 0, keccak))))
}

function buildNode(entries: readonly Entry[], depth: number, keccak: Keccak): Rlp {
  const [first] = entries as readonly [Entry]
  if (entries.length === 1) return [compactPath(first.path.slice(depth), true), first.value]
  let shared = depth
  while (entries.every(({path}) => path[shared] === first.path[shared])) shared++
  if (shared > depth) return [compactPath(first.path.slice(depth, shared), false), referTo(buildNode(entries, shared, keccak), keccak)]
  const slots: Rlp[] = Array.from({length: 17}, () => EMPTY)
  // No key of the kind rlp(i) is the beginning of another: the 17th slot stays empty.
  for (let digit = 0; digit < 16; digit++) {
    const under = entries.filter(({path}) => path[depth] === digit)
    if (under.length > 0) slots[digit] = referTo(buildNode(under, depth + 1, keccak), keccak)
  }
  return slots
}

/** A node of less than 32 bytes stands in its parent itself. */
function referTo(node: Rlp, keccak: Keccak): Rlp {
  const encoded = encodeRlp(node)
  return encoded.length < 32 ? node : Buffer.from(keccak(encoded))
}

/** Hex-prefix encoding (yellow paper appendix C). */
function compactPath(path: readonly number[], leaf: boolean): Buffer {
  const odd = path.length % 2
  const flag = (leaf ? 2 : 0) + odd
  const digits = odd ? [flag, ...path] : [flag, 0, ...path]
  const out = Buffer.allocUnsafe(digits.length / 2)
  for (let i = 0; i < out.length; i++) out[i] = ((digits[2 * i] as number) << 4) | (digits[2 * i + 1] as number)
  return out
}

const nibblesOf = (key: Buffer): readonly number[] => [...key].flatMap((byte) => [byte >> 4, byte & 15])
const toHex = (bytes: Uint8Array): string => `0x${Buffer.from(bytes).toString('hex')}`
