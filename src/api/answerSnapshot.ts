import {createSingleStatement} from './singleStatement'
import {createSnapshot, type Snapshot, type SnapshotOptions} from './snapshot'

export type AnswerSnapshot = Snapshot &
  Readonly<{
    /** Reads by a single statement, where that is possible; says afterwards whether it was too little. */
    tryOneStatement: () => () => boolean
    /** Reads by a transaction from here on. */
    beginTransaction: () => void
  }>

/** What an answer reads from: a transaction, unless one statement is tried and is enough. */
export function createAnswerSnapshot(options: SnapshotOptions): AnswerSnapshot {
  const transaction = createSnapshot(options)
  let snapshot: Snapshot = transaction
  return {
    query: (...asked) => snapshot.query(...asked),
    states: () => snapshot.states(),
    statements: () => snapshot.statements(),
    release: () => snapshot.release(),
    tryOneStatement: () => {
      const single = createSingleStatement(options)
      snapshot = single ?? transaction
      return () => single?.needsTransaction() === true
    },
    beginTransaction: () => {
      snapshot = transaction
    },
  }
}
