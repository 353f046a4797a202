/** 2^26 bits: one key in a thousand is taken for stored by mistake at 4 million keys, one in ten at 12 million. */
const BITS = 2 ** 26
const PROBES = 6

export type KeyFilter = Readonly<{
  add: (table: string, id: string) => void
  /** False: certainly never added. */
  mayHold: (table: string, id: string) => boolean
}>

/** A Bloom filter over row keys, of a size that does not grow with the chain: past its capacity it only saves less. */
export function createKeyFilter(): KeyFilter {
  const words = new Uint32Array(BITS / 32)
  // Double hashing (Kirsch and Mitzenmacher, 2006): as good as independent hashes.
  const visit = (table: string, id: string, at: (word: number, bit: number) => boolean): boolean => {
    let a = hashKey(table, id)
    const b = hash(id, 0x9747b28c) | 1
    for (let i = 0; i < PROBES; i++) {
      const position = (a >>> 0) % BITS
      if (!at(position >>> 5, 1 << (position & 31))) return false
      a = (a + b) | 0
    }
    return true
  }
  return {
    add: (table, id) => {
      visit(table, id, (word, bit) => {
        words[word] = (words[word] ?? 0) | bit
        return true
      })
    },
    mayHold: (table, id) => visit(table, id, (word, bit) => ((words[word] ?? 0) & bit) !== 0),
  }
}

export const hashKey = (table: string, id: string): number => hash(id, hash(table, 0x811c9dc5))

/** FNV-1a, with its bits mixed at the end (MurmurHash3's finaliser): keys differ mostly in their last characters. */
function hash(text: string, seed: number): number {
  let h = seed
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return h ^ (h >>> 16)
}
