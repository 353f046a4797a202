/** How many blocks the next request is for: as many as give an answer of a good size. */
export type RangePlan = Readonly<{
  size: () => number
  /** What a range of that many blocks gave. */
  record: (blocks: number, logs: number) => void
}>

export type RangePlanOptions = Readonly<{
  startBlocks: number
  maxBlocks: number /** Logs of a good answer; what the nodes bear may be learnt on the way. */
  targetLogs: () => number
}>

/** Grows at most twofold a step, shrinks at once: a dense part of the chain comes without a warning. */
export function createRangePlan({startBlocks, maxBlocks, targetLogs}: RangePlanOptions): RangePlan {
  let size = Math.min(startBlocks, maxBlocks)
  let density = 0
  return {
    size: () => size,
    record: (blocks, logs) => {
      const seen = logs / blocks
      density = seen > density ? seen : density * 0.75 + seen * 0.25
      const ideal = density > 0 ? Math.floor(targetLogs() / density) : maxBlocks
      size = Math.max(1, Math.min(maxBlocks, ideal, Math.max(size, blocks) * 2))
    },
  }
}
