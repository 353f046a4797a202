/** Seconds until the next attempt, as the Standard Webhooks specification proposes: some 3 days in all. */
const SECONDS = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400] as const

export const MOST_ATTEMPTS = SECONDS.length + 1

/** Messages in a row that nobody took, until an endpoint is given up: each of them has been tried for days. */
export const MOST_DEAD = 3

/** `failed`: attempts so far. Up to a quarter sooner or later, so that what failed together does not come back together. Null: no more. */
export function retryDelayMs(failed: number, random: number): number | null {
  const seconds = SECONDS[failed - 1]
  return seconds === undefined ? null : Math.round(seconds * 1000 * (0.75 + random / 2))
}
