import type {Pool} from 'pg'
import {matchesFilter} from '../../feed/journal/changeFilter'
import type {Cursor} from '../../feed/journal/cursor'
import {createFilterIndex} from '../../feed/journal/filterIndex'
import type {JournalChange} from '../../feed/journal/journalChange'
import {checkCursor, type FeedState, type Query, readFeedState, readPage} from '../../feed/journal/readChanges'
import {clientOf} from '../admission/clientAddress'
import {apiError} from '../errors'
import {cursorError} from './changeArgs'
import {createClosable} from './closable'
import {createFeedReader} from './feedReader'
import {createFeedWatch, type FeedWatch} from './feedWatch'
import type {Follow} from './follow'
import type {LiveChange} from './liveChange'
import {createSlots} from './slots'
import {createSubscriberCount, type SubscriptionLimits} from './subscriberCount'
import {createSubscriberQueue, type SubscriberQueue} from './subscriberQueue'

export type ChangeHub = Readonly<{
  /** What is behind the cursor (null: behind now), and then each entry as it is written; without gap or repetition. */
  follow: (what: Follow) => AsyncIterableIterator<LiveChange>
  stats: () => Readonly<{subscribers: number; dropped: number; position: number; isListening: boolean}>
  /** Ends every subscription; their clients go on elsewhere from their cursors. */
  close: () => Promise<void>
}>

type Options = Readonly<{
  pool: Pool
  load: (feedId: string, entries: readonly JournalChange[]) => Promise<readonly LiveChange[]>
  limits: SubscriptionLimits
  onTrouble: (error: unknown) => void
}>

/** Entries that may wait for a subscriber; more than `RECENT`, so that who joins is not cut off at once. */
const MOST_WAITING = 2_000
/** The newest entries, kept for those who come back soon. */
const RECENT = 1_000
/** Subscribers that read what they missed at once; the others wait for their turn. */
const CATCHING_UP = 4
const PAGE = 500

/** Work for each change, not for each client: one reader, an index of who wants what, and queues of entries that are shared. */
export function createChangeHub({pool, load, limits, onTrouble}: Options): ChangeHub {
  const query = queryOf(pool)
  const index = createFilterIndex<SubscriberQueue<LiveChange>>()
  const queues = new Set<SubscriberQueue<LiveChange>>()
  const [count, slots] = [createSubscriberCount(limits), createSlots(CATCHING_UP)]
  let watch: FeedWatch | null = null
  let recent: readonly LiveChange[] = []
  let [position, dropped, closed] = [0, 0, false]

  const reader = createFeedReader({
    query,
    onChanges: async (feedId, entries) => {
      // Nobody listens: who comes later reads what was missed.
      const live = queues.size > 0 ? await load(feedId, entries) : []
      for (const change of live) for (const queue of index.find(change.entry)) queue.push(change)
      recent = queues.size > 0 ? [...recent, ...live].slice(-RECENT) : []
      position = entries.at(-1)?.position ?? position
    },
    onOtherFeed: () => endAll(apiError('CURSOR_INVALID', 'the database holds another feed now: begin anew')),
    onTrouble,
  })
  const endAll = (reason: Error): void => {
    for (const queue of queues) queue.end(reason)
    recent = []
    position = 0
  }
  const begin = async (): Promise<FeedState> => {
    const state = await reader.begin()
    if (position === 0) position = state.last
    if (!closed) watch ??= createFeedWatch(pool.options, reader.wake)
    return state
  }
  const tooSlow = (): Error => {
    dropped++
    return apiError('SLOW_CONSUMER', `more than ${MOST_WAITING} changes waited to be taken; go on from the last cursor`, {
      limit: MOST_WAITING,
    })
  }

  /** Pages behind a cursor until the rest is in memory. Answers behind which position it ended. */
  async function* catchUp({filter}: Follow, from: Cursor): AsyncGenerator<LiveChange, Cursor, void> {
    let after = from
    while (!isRecent(after.position)) {
      const page = await slots.run(async () => {
        const state = await readFeedState(query)
        // What the reader has not seen yet comes by the queue.
        const found = await readPage(query, {state: {...state, last: Math.min(state.last, position)}, after, limit: PAGE, filter})
        return {end: found.end, live: await load(state.feedId, found.changes)}
      })
      yield* page.live
      after = page.end
    }
    return after
  }
  const isRecent = (from: number): boolean => from >= position - recent.length

  /** Without a pause from the look at what is recent until it is in the index: nothing comes in between, and nothing twice. Null: it is late. */
  const join = ({filter}: Follow, from: number): SubscriberQueue<LiveChange> | null => {
    if (!isRecent(from)) return null
    const queue = createSubscriberQueue<LiveChange>(MOST_WAITING, tooSlow)
    for (const change of recent) if (change.entry.position > from && matchesFilter(filter, change.entry)) queue.push(change)
    queues.add(queue)
    index.add(filter, queue)
    return queue
  }
  const leaveQueue = ({filter}: Follow, queue: SubscriberQueue<LiveChange>): void => {
    queues.delete(queue)
    index.remove(filter, queue)
  }

  async function* run(what: Follow, joined: (queue: SubscriberQueue<LiveChange>) => boolean): AsyncGenerator<LiveChange, void, void> {
    const leave = count.enter(what.client.key ? `key ${what.client.key.id}` : clientOf(what.client.address))
    let queue: SubscriberQueue<LiveChange> | null = null
    try {
      const state = await begin()
      let after = what.after
      if (after !== null) await checkCursor(query, await readFeedState(query), after).catch(rethrowCoded)
      while (queue === null) {
        if (after !== null) after = yield* catchUp(what, after)
        queue = join(what, after?.position ?? Math.max(position, state.last))
      }
      if (!joined(queue)) return
      const from = after?.position ?? 0
      for (let change = await queue.take(); change !== null; change = await queue.take()) if (change.entry.position > from) yield change
    } finally {
      if (queue) leaveQueue(what, queue)
      leave()
    }
  }

  return {
    follow: (what) => {
      if (closed) throw goingAway()
      let [queue, isOver]: [SubscriberQueue<LiveChange> | null, boolean] = [null, false]
      const changes = run(what, (joined) => {
        queue = joined
        return !isOver
      })
      return createClosable(changes, () => {
        isOver = true
        queue?.end(null)
      })
    },
    stats: () => ({subscribers: queues.size, dropped, position, isListening: watch?.isListening() ?? false}),
    close: async () => {
      closed = true
      endAll(goingAway())
      await watch?.close()
    },
  }
}

const queryOf =
  (pool: Pool): Query =>
  async (sql, values) =>
    (await pool.query(sql, values as unknown[])).rows
const goingAway = (): Error => apiError('NOT_READY', 'this process is going away: connect again, and go on from the last cursor')
const rethrowCoded = (error: unknown): never => {
  throw cursorError(error)
}
