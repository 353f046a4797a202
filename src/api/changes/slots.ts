/** Lets so much work run at once; the rest waits in order. */
export type Slots = Readonly<{run: <T>(work: () => Promise<T>) => Promise<T>}>

export function createSlots(most: number): Slots {
  const waiting: (() => void)[] = []
  let free = most
  return {
    run: async (work) => {
      if (free > 0) free--
      else await new Promise<void>((resolve) => waiting.push(resolve))
      try {
        return await work()
      } finally {
        const next = waiting.shift()
        if (next) next()
        else free++
      }
    },
  }
}
