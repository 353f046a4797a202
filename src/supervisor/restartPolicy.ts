const FIRST_DELAY_MS = 1_000
const MAX_DELAY_MS = 30_000
/** A process that lived this long had no trouble starting: its next crash counts as the first. */
export const HEALTHY_MS = 60_000

export type NextStep = Readonly<{kind: 'restart'; delayMs: number; crashes: number}> | Readonly<{kind: 'giveUp'; crashes: number}>

/**
 * What follows a crash: another start after a pause that doubles each time, or giving up at the `maxCrashes`-th quick crash in a row.
 * `random` in [0, 1) spreads the pause over its second half, so that processes that fell together do not rise together.
 */
export function decideAfterCrash(state: Readonly<{crashesBefore: number; livedMs: number; maxCrashes: number; random: number}>): NextStep {
  const crashes = state.livedMs >= HEALTHY_MS ? 1 : state.crashesBefore + 1
  if (crashes >= state.maxCrashes) return {kind: 'giveUp', crashes}
  const pause = Math.min(FIRST_DELAY_MS * 2 ** (crashes - 1), MAX_DELAY_MS)
  return {kind: 'restart', delayMs: Math.round(pause * (0.5 + state.random / 2)), crashes}
}
