/** What waits for one subscriber. Whoever takes too slowly is cut off, so that nobody waits for it and memory stays bounded. */
export type SubscriberQueue<T> = Readonly<{
  push: (item: T) => void
  /** The next; waits for it. Null: there will be none. @throws what `end` was given, once everything before it is taken */
  take: () => Promise<T | null>
  end: (reason: Error | null) => void
}>

type Waiting<T> = Readonly<{resolve: (item: T | null) => void; reject: (reason: Error) => void}>

/** `onOverflow` gives the reason for which a queue that is full ends; what it holds is dropped, to be read again from the cursor. */
export function createSubscriberQueue<T>(limit: number, onOverflow: () => Error): SubscriberQueue<T> {
  let items: T[] = []
  let waiting: Waiting<T> | null = null
  let over: {reason: Error | null} | null = null

  const end = (reason: Error | null): void => {
    if (over) return
    over = {reason}
    if (!waiting) return
    const {resolve, reject} = waiting
    waiting = null
    if (reason) reject(reason)
    else resolve(null)
  }
  return {
    push: (item) => {
      if (over) return
      if (waiting) {
        const {resolve} = waiting
        waiting = null
        return resolve(item)
      }
      if (items.length >= limit) {
        items = []
        return end(onOverflow())
      }
      items.push(item)
    },
    take: () =>
      new Promise((resolve, reject) => {
        const item = items.shift()
        if (item !== undefined) return resolve(item)
        if (over) return over.reason ? reject(over.reason) : resolve(null)
        waiting = {resolve, reject}
      }),
    end,
  }
}
