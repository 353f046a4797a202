export type Lane<T> = Readonly<{
  /** Worked at together. */
  places: number
  /** Taken ahead, so that no place waits for the next one to be prepared. */
  ahead: number
  /** Up to so many more that are prepared; none: nothing is due. */
  take: (most: number) => Promise<readonly T[]>
  /** Never throws. `leave`: what is left to do for the item needs no place; half as many again may be at that. */
  work: (item: T, leave: () => void) => Promise<void>
  /** Untouched, because the lane ended or they waited too long. */
  giveBack: (items: readonly T[]) => Promise<void>
  /** Whose turn comes first: the lower. */
  rankOf: (item: T) => number
  /** How long to leave `take` alone after it threw. */
  pauseAfter: (error: unknown) => number
  onTrouble: (error: unknown) => void
  signal: AbortSignal
}>

const IDLE_MS = 250
const LONGEST_WAIT_MS = 30_000

type Ready<T> = Readonly<{item: T; at: number}>

/** Works until the signal: a slow item holds nobody up but itself. What was begun is waited for. */
export async function runLane<T>(lane: Lane<T>): Promise<void> {
  const {signal} = lane
  const ready: Ready<T>[] = []
  let [busy, open, isTaking, restUntil] = [0, 0, false, 0]
  const mostOpen = Math.ceil(lane.places * 1.5)
  const bell = createBell()
  signal.addEventListener('abort', bell.ring, {once: true})

  const take = async (most: number): Promise<void> => {
    isTaking = true
    try {
      const items = await lane.take(most)
      if (items.length === 0) restUntil = performance.now() + IDLE_MS
      ready.push(...items.map((item) => ({item, at: performance.now()})))
      ready.sort((a, b) => lane.rankOf(a.item) - lane.rankOf(b.item))
    } catch (error) {
      lane.onTrouble(error)
      restUntil = performance.now() + lane.pauseAfter(error)
    } finally {
      isTaking = false
      bell.ring()
    }
  }

  const begin = (item: T): void => {
    let holdsPlace = true
    const leave = () => {
      if (holdsPlace) busy -= 1
      holdsPlace = false
      bell.ring()
    }
    busy += 1
    open += 1
    void lane.work(item, leave).finally(() => {
      open -= 1
      leave()
    })
  }

  while (!signal.aborted) {
    const stale = removeStale(ready)
    if (stale.length > 0) await lane.giveBack(stale).catch(lane.onTrouble)
    while (busy < lane.places && open < mostOpen && ready.length > 0) begin((ready.shift() as Ready<T>).item)
    const room = lane.places - busy + lane.ahead - ready.length
    if (!isTaking && room >= Math.max(1, lane.ahead >> 1) && performance.now() >= restUntil) void take(room)
    const rest = restUntil - performance.now()
    await bell.wait(rest > 0 ? rest : IDLE_MS)
  }
  while (open > 0 || isTaking) await bell.wait(IDLE_MS)
  await lane.giveBack(ready.splice(0).map(({item}) => item)).catch(lane.onTrouble)
}

function removeStale<T>(ready: Ready<T>[]): readonly T[] {
  const now = performance.now()
  const stale = ready.filter(({at}) => now - at > LONGEST_WAIT_MS)
  if (stale.length > 0) ready.splice(0, ready.length, ...ready.filter(({at}) => now - at <= LONGEST_WAIT_MS))
  return stale.map(({item}) => item)
}

/** What rings while nobody waits is heard by the next who does. */
function createBell() {
  let isRung = false
  let wake: (() => void) | null = null
  return {
    ring: (): void => {
      isRung = true
      wake?.()
    },
    wait: async (ms: number): Promise<void> => {
      if (!isRung)
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, ms)
          wake = () => (clearTimeout(timer), resolve())
        })
      ;[isRung, wake] = [false, null]
    },
  }
}
