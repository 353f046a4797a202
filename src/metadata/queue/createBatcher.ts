export type BatcherOptions<T> = Readonly<{
  /** Stores all of them, or none and throws. */
  store: (items: readonly T[]) => Promise<void>
  /** Of an item, as counted against `mostBytes`. */
  sizeOf: (item: T) => number
  most?: number
  mostBytes?: number
  /** Statements at once. */
  parallel?: number
}>

/** Settles when the item is stored. @throws what its own storing threw */
export type Batcher<T> = (item: T) => Promise<void>

type Waiting<T> = Readonly<{item: T; size: number; resolve: () => void; reject: (error: unknown) => void}>

/**
 * What comes while all statements are under way goes together into the next one: the busier it is, the fewer statements an item costs, and an idle
 * one waits for nobody. When a batch fails its items are stored one by one, so that the one at fault fails alone.
 */
export function createBatcher<T>({store, sizeOf, most = 64, mostBytes = 1024 * 1024, parallel = 1}: BatcherOptions<T>): Batcher<T> {
  const line: Waiting<T>[] = []
  let busy = 0

  const take = (): readonly Waiting<T>[] => {
    let [count, bytes] = [0, 0]
    while (count < Math.min(line.length, most)) {
      bytes += line[count]?.size ?? 0
      if (count > 0 && bytes > mostBytes) break
      count += 1
    }
    return line.splice(0, count)
  }

  const storeAlone = async ({item, resolve, reject}: Waiting<T>): Promise<void> => {
    try {
      await store([item])
      resolve()
    } catch (error) {
      reject(error)
    }
  }

  const run = async (): Promise<void> => {
    busy += 1
    while (line.length > 0) {
      const batch = take()
      try {
        await store(batch.map(({item}) => item))
        for (const {resolve} of batch) resolve()
      } catch (error) {
        if (batch.length === 1) batch[0]?.reject(error)
        else for (const waiting of batch) await storeAlone(waiting)
      }
    }
    busy -= 1
  }

  return (item) =>
    new Promise((resolve, reject) => {
      line.push({item, size: sizeOf(item), resolve, reject})
      if (busy < parallel) void run()
    })
}
