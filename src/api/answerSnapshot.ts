import type {QueryResultRow} from 'pg'
import type {ChainState} from './chainState'
import {LooseStatements, type Verdict} from './looseStatements'
import type {Tuple} from './rows/runStatement'
import {createSnapshot, type Snapshot, type SnapshotOptions} from './snapshot'
import type {Rider} from './snapshotSql'

/** What an answer reads from: a transaction, unless loose statements are tried and are enough. */
export class AnswerSnapshot implements Snapshot {
  #transaction: Snapshot | null = null
  #loose: LooseStatements | null = null

  constructor(private readonly options: SnapshotOptions) {}

  query<R extends QueryResultRow>(text: string, values?: readonly unknown[], isHot?: boolean): Promise<R[]> {
    return this.#used().query<R>(text, values, isHot)
  }
  tuples(text: string, values?: readonly unknown[], isHot?: boolean): Promise<Tuple[]> {
    return this.#used().tuples(text, values, isHot)
  }
  states(): Promise<readonly ChainState[]> {
    return this.#used().states()
  }
  release(): Promise<void> {
    return this.#transaction?.release() ?? Promise.resolve()
  }
  /** Reads without a transaction, where it is known what statements have to tell of chains; says afterwards whether what was read is of one moment. */
  tryLoosely(): () => Verdict {
    const chains = this.options.stateSchemas.known()
    const tried = (this.#loose = chains && new LooseStatements(this.options, chains))
    return () => tried?.verdict ?? 'fits'
  }
  /** The next statement tells it too, if it is a loose one. */
  ride(rider: Rider | null): void {
    this.#loose?.ride(rider)
  }
  /** Reads by a transaction from here on. */
  beginTransaction(): void {
    this.#loose = null
  }

  #used(): Snapshot {
    this.#transaction ??= this.#loose ? null : createSnapshot(this.options)
    return this.#loose ?? (this.#transaction as Snapshot)
  }
}
