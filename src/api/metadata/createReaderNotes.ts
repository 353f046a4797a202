import type {Pool} from 'pg'
import {noteReaders, parseSubject} from '../../metadata/queue/askFor'

/** What readers looked at and found old, handed on to the metadata worker. */
export type ReaderNotes = Readonly<{note: (key: string) => void}>

/** The same token is not handed on again within this time, whoever looks. */
const AGAIN_MS = 5_000
const MOST_KNOWN = 50_000
const MOST_AT_ONCE = 500
const GATHER_MS = 50

/** Gathers for a moment and writes once, beside the answers and never instead of one. `onFailure`: a reader does not learn of it. */
export function createReaderNotes(pool: Pool, onFailure: (error: unknown) => void): ReaderNotes {
  const known = new Map<string, number>()
  let waiting = new Set<string>()

  const write = async (): Promise<void> => {
    const keys = [...waiting].slice(0, MOST_AT_ONCE)
    waiting = new Set()
    await noteReaders(pool, keys.map(parseSubject)).catch(onFailure)
  }
  return {
    note: (key) => {
      const now = Date.now()
      if ((known.get(key) ?? 0) > now || waiting.size >= MOST_AT_ONCE) return
      if (known.size >= MOST_KNOWN) known.clear()
      known.set(key, now + AGAIN_MS)
      if (waiting.size === 0) setTimeout(() => void write(), GATHER_MS)
      waiting.add(key)
    },
  }
}
