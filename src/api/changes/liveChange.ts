import type {ExecutionResult} from 'graphql'
import type {JournalChange} from '../../feed/journal/journalChange'
import type {Context} from '../context'
import {Change} from './change'
import {loadFact} from './changeFacts'

/** An entry on its way to subscribers: its fact is loaded once, and those who ask the same of it get the same answer. */
export type LiveChange = Readonly<{
  change: Change
  entry: JournalChange
  /** `key` names what is asked; it is worked out once. */
  answer: (key: string, work: () => Promise<ExecutionResult>) => Promise<ExecutionResult>
}>

/** Answers of one entry that are kept for others: what bounds the memory of entries that wait. */
const MOST_SHARED = 64

export function createLiveChange(change: Change): LiveChange {
  const answers = new Map<string, Promise<ExecutionResult>>()
  return {
    change,
    entry: change.entry,
    answer: (key, work) => {
      const known = answers.get(key)
      if (known) return known
      const result = work()
      if (answers.size < MOST_SHARED) answers.set(key, result)
      return result
    },
  }
}

/** Entries with their facts: one query for each table of facts among them, however many are told. */
export async function loadLiveChanges(context: Context, feedId: string, entries: readonly JournalChange[]): Promise<readonly LiveChange[]> {
  try {
    const facts = await Promise.all(entries.map((entry) => loadFact(context, entry)))
    return entries.map((entry, i) => createLiveChange(new Change(feedId, entry, facts[i] ?? null)))
  } finally {
    await context.release()
  }
}
