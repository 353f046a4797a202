import type {HeadBlock} from './headBlock'

/** The blocks near the head: the canonical ones by number, and for a while those that lost a fork, by hash. */
export type HeadView = Readonly<{
  head: () => HeadBlock | null
  at: (number: number) => HeadBlock | null
  byHash: (hash: string) => HeadBlock | null
  isCanonical: (hash: string) => boolean
  /** Every block known at a height, of whatever fork: logs are asked for by height after blocks were given out. */
  allAt: (number: number) => readonly HeadBlock[]
  /** Makes these, parent to child, the end of the canonical chain; what they replace stays known by hash. */
  extend: (blocks: readonly HeadBlock[]) => void
  /** A block below the canonical ones, or of no known fork. */
  remember: (block: HeadBlock) => void
}>

/** `keep`: how many heights below the head stay in memory. */
export function createHeadView(keep: number): HeadView {
  const canonical = new Map<number, HeadBlock>()
  const known = new Map<string, HeadBlock>()
  const hashesAt = new Map<number, Set<string>>()
  let head: HeadBlock | null = null
  let remembered = 0

  const remember = (block: HeadBlock) => {
    known.set(block.hash, block)
    const hashes = hashesAt.get(block.number) ?? new Set()
    hashesAt.set(block.number, hashes.add(block.hash))
    remembered += 1
    // A parent of a canonical block is canonical, and so on down as far as is known.
    for (let parent: HeadBlock | undefined = block; parent && canonical.get(parent.number + 1)?.parentHash === parent.hash; ) {
      canonical.set(parent.number, parent)
      parent = known.get(parent.parentHash)
    }
    if (remembered > keep * 4) prune()
  }

  const prune = () => {
    const floor = (head?.number ?? 0) - keep
    // Old blocks that were only asked for go in the order of their coming.
    for (const [hash, block] of known) {
      if (known.size <= keep && block.number >= floor) continue
      if (block.number >= floor && canonical.get(block.number) === block) continue
      if (known.size <= keep * 2 && block.number >= floor) continue
      known.delete(hash)
      hashesAt.get(block.number)?.delete(hash)
      if (hashesAt.get(block.number)?.size === 0) hashesAt.delete(block.number)
      if (canonical.get(block.number)?.hash === hash) canonical.delete(block.number)
    }
    remembered = known.size
  }

  return {
    head: () => head,
    at: (number) => canonical.get(number) ?? null,
    byHash: (hash) => known.get(hash) ?? null,
    isCanonical: (hash) => {
      const block = known.get(hash)
      return block !== undefined && canonical.get(block.number)?.hash === hash
    },
    allAt: (number) => [...(hashesAt.get(number) ?? [])].map((hash) => known.get(hash) as HeadBlock),
    extend: (blocks) => {
      for (const block of blocks) {
        canonical.set(block.number, block)
        remember(block)
      }
      head = blocks.at(-1) ?? head
      for (const number of canonical.keys()) if (head && number > head.number) canonical.delete(number)
    },
    remember,
  }
}
