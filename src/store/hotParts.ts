import type {TypeormDatabase} from '@subsquid/typeorm-store'

export type HotInfo = Parameters<TypeormDatabase['transactHot2']>[0]

/** From 200 on Subsquid takes two blocks and more as one, and notes what they changed under the last of them alone. */
const MOST_AT_ONCE = 199
/** Below whatever is stored as final: that stays as it is. */
const NO_NEWS = {height: -1, hash: '0x'}

/** Blocks of an update that are written in one transaction; `from`: the place of the first of them in the update. */
export type HotPart = Readonly<{info: HotInfo; from: number}>

/**
 * An update in parts so small that each hot block is stored as itself: a start wants every one of them, and what a fork or a final slice takes
 * back may begin at any. After each part the tables are those of a chain that is as long. Finality is told with the last one only, so that
 * the block on which the update stands is known until then, and the whole of it can be given again.
 */
export function hotParts({finalizedHead, baseHead, newBlocks}: HotInfo): readonly HotPart[] {
  const parts: HotPart[] = []
  for (let from = 0; from === 0 || from < newBlocks.length; from += MOST_AT_ONCE) {
    const isLast = from + MOST_AT_ONCE >= newBlocks.length
    const info = {
      finalizedHead: isLast ? finalizedHead : NO_NEWS,
      baseHead: newBlocks[from - 1] ?? baseHead,
      newBlocks: newBlocks.slice(from, from + MOST_AT_ONCE),
    }
    parts.push({info, from})
  }
  return parts
}
