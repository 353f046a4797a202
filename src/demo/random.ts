export type Random = Readonly<{below: (bound: number) => number; pick: <T>(items: readonly T[]) => T}>

/** Mulberry32: the same seed tells the same story. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  const below = (bound: number) => Math.floor(next() * bound)
  return {below, pick: <T>(items: readonly T[]) => items[below(items.length)] as T}
}
