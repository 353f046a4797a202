export type Pace = Readonly<{
  /** How many may start now. */
  available: () => number
  take: (count: number) => void
}>

/** A bucket that fills at a rate, and holds what one second brings. */
export function createPace(perSecond: number, now: () => number = () => performance.now()): Pace {
  const most = Math.max(1, perSecond)
  let held = perSecond === 0 ? 0 : most
  let at = now()
  const fill = () => {
    const time = now()
    held = Math.min(most, held + ((time - at) / 1000) * perSecond)
    at = time
  }
  return {
    available: () => {
      fill()
      return Math.floor(held)
    },
    take: (count) => {
      held -= count
    },
  }
}
