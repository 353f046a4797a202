import {createSingleStatement} from './singleStatement'
import {createSnapshot, type Snapshot, type SnapshotOptions} from './snapshot'

export type AnswerSnapshot = Snapshot &
  Readonly<{
    /** Finds the moment that an answer is of: the next answer of that moment finds it known, so that it counts as no statement. */
    lookUp: Snapshot['query']
    /** Reads by a single statement, where that is possible; says afterwards whether it was too little. */
    tryOneStatement: () => () => boolean
    /** Reads by a transaction from here on. */
    beginTransaction: () => void
  }>

/** What an answer reads from: a transaction, unless one statement is tried and is enough. */
export function createAnswerSnapshot(options: SnapshotOptions): AnswerSnapshot {
  const transaction = createSnapshot(options)
  let snapshot: Snapshot = transaction
  let lookUps = 0
  return {
    query: (...asked) => snapshot.query(...asked),
    states: () => snapshot.states(),
    lookUp: (...asked) => {
      lookUps++
      return snapshot.query(...asked)
    },
    statements: () => snapshot.statements() - lookUps,
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
