/** Pauses of a loop: `idleMs` when there was nothing to do, longer and longer while it fails. */
export type Repeating = Readonly<{
  /** Answers whether there is more to do at once. */
  round: () => Promise<boolean>
  idleMs: number
  maxPauseMs: number
  isStopped: () => boolean
  /** Null: all is well again. */
  onTrouble: (error: unknown) => void
}>

/** Until it is stopped. */
export async function repeat({round, idleMs, maxPauseMs, isStopped, onTrouble}: Repeating): Promise<void> {
  for (let pause = idleMs; !isStopped(); await new Promise((resolve) => setTimeout(resolve, pause))) {
    try {
      pause = (await round()) ? 0 : idleMs
      onTrouble(null)
    } catch (error) {
      onTrouble(error)
      pause = Math.min(Math.max(pause, idleMs) * 2, maxPauseMs)
    }
  }
}
