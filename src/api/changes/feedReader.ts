import {EVERYTHING} from '../../feed/journal/changeFilter'
import {type Cursor, cursorOf, startCursor} from '../../feed/journal/cursor'
import type {JournalChange} from '../../feed/journal/journalChange'
import {type FeedState, type Query, readFeedState, readPage, readPositions} from '../../feed/journal/readChanges'

/** The one reader of a process: hands on each entry that is written after it began, once and in order. */
export type FeedReader = Readonly<{
  /** Where it is; begins at the end of the feed. */
  begin: () => Promise<FeedState>
  /** Reads on; one that comes while another reads is heeded by that one. */
  wake: () => void
}>

type Options = Readonly<{
  query: Query
  /** In order; the next page waits for it. */
  onChanges: (feedId: string, entries: readonly JournalChange[]) => Promise<void>
  /** The database has another feed, or an older copy of this one. */
  onOtherFeed: () => void
  onTrouble: (error: unknown) => void
}>

const PAGE = 500

export function createFeedReader({query, onChanges, onOtherFeed, onTrouble}: Options): FeedReader {
  let at: Readonly<{feedId: string; cursor: Cursor}> | null = null
  let begun: Promise<FeedState> | null = null
  let [isReading, isWoken] = [false, false]

  const begin = async (): Promise<FeedState> => {
    const state = await readFeedState(query)
    const [last] = await readPositions(query, [state.last])
    at = {feedId: state.feedId, cursor: last ? cursorOf(state.feedId, last) : startCursor(state.feedId)}
    return state
  }
  const readOn = async (): Promise<void> => {
    for (let hasMore = true; hasMore && at; ) {
      const {feedId, cursor} = at
      const state = await readFeedState(query)
      if (state.feedId !== feedId || state.last < cursor.position) {
        at = null
        begun = null
        return onOtherFeed()
      }
      const page = await readPage(query, {state, after: cursor, limit: PAGE, filter: EVERYTHING})
      if (page.changes.length > 0) await onChanges(feedId, page.changes)
      at = {feedId, cursor: page.end}
      hasMore = page.hasMore
    }
  }
  const wake = (): void => {
    isWoken = true
    if (isReading || !at) return
    isReading = true
    void (async () => {
      while (isWoken) {
        isWoken = false
        await readOn().catch(onTrouble)
      }
      isReading = false
    })()
  }
  return {
    begin: () => {
      begun ??= begin().catch((error: unknown) => {
        begun = null
        throw error
      })
      return begun
    },
    wake,
  }
}
