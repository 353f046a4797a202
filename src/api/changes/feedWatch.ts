import {Client, type ClientConfig} from 'pg'
import {FEED_CHANNEL} from '../../feed/journalCounter'

/** Calls `onChange` when the journal may have grown: told by the database, and looked at now and then whatever it tells. */
export type FeedWatch = Readonly<{isListening: () => boolean; close: () => Promise<void>}>

/** Without a connection that listens: how long a change may wait. A read replica never lets anybody listen. */
const POLL_MS = 500
/** With one: a notification that was lost with its connection is not waited for longer. */
const SAFETY_MS = 5_000
const MAX_PAUSE_MS = 30_000

export function createFeedWatch(database: ClientConfig, onChange: () => void): FeedWatch {
  let client: Client | null = null
  let closed = false
  let pause = POLL_MS
  let retry: NodeJS.Timeout | null = null
  let poll: NodeJS.Timeout | null = null

  const lose = (lost: Client) => {
    if (client === lost) client = null
    lost.end().catch(() => {})
    if (closed || retry) return
    retry = setTimeout(() => {
      retry = null
      void listen()
    }, pause)
    pause = Math.min(pause * 2, MAX_PAUSE_MS)
  }
  const listen = async (): Promise<void> => {
    const candidate = new Client({...database, application_name: 'provenance-indexer api feed', keepAlive: true})
    candidate.on('error', () => lose(candidate))
    candidate.on('notification', onChange)
    try {
      await candidate.connect()
      await candidate.query(`LISTEN ${FEED_CHANNEL}`)
      if (closed) return void (await candidate.end())
      client = candidate
      pause = POLL_MS
      onChange()
    } catch {
      lose(candidate)
    }
  }
  const look = () => {
    onChange()
    poll = setTimeout(look, client ? SAFETY_MS : POLL_MS)
  }
  void listen()
  poll = setTimeout(look, POLL_MS)
  return {
    isListening: () => client !== null,
    close: async () => {
      closed = true
      for (const timer of [retry, poll]) if (timer) clearTimeout(timer)
      await client?.end().catch(() => {})
    },
  }
}
