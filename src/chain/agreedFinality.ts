export type Finality = Readonly<{
  head: number
  /** The node's own word; null: none yet. */
  finalized: number | null
}>

/**
 * The highest block that is final for most of those nodes that have it. A node that lags has no say about blocks that it has not, so that it
 * holds nobody back; one that takes its head for final, or answers nonsense, is outvoted where there are others. Null before any has a word.
 */
export function agreedFinality(nodes: readonly Finality[]): number | null {
  const isFinal = (block: number): boolean => {
    const voters = nodes.filter(({head, finalized}) => finalized !== null && head >= block)
    return 2 * voters.filter(({finalized}) => (finalized ?? -1) >= block).length > voters.length
  }
  const told = nodes.flatMap(({finalized}) => finalized ?? []).toSorted((a, b) => b - a)
  return told.find(isFinal) ?? null
}
