import type {ChainState} from './chainState'

/** A server that takes another's place may come to the same name: states are read anew after this, whatever it is. */
const FRESH_MS = 1_000

/**
 * What is indexed at the newest moment that any answer saw. Reading it takes PostgreSQL as long as many an answer, and it is the same for all
 * statements of one moment: while those keep coming, the moment's name is all that they are asked for.
 */
export class KnownStates {
  #snapshot: string | null = null
  #states: readonly ChainState[] = []
  #until = 0
  #isSteady = false

  /** Whether the next statement is likely to be of the moment that is known. */
  isSteady(now: number): boolean {
    return this.#isSteady && now < this.#until
  }
  /** Null: of a moment that is not known; something was written. */
  of(snapshot: string): readonly ChainState[] | null {
    if (snapshot === this.#snapshot) return this.#states
    this.#isSteady = false
    return null
  }
  keep(snapshot: string, states: readonly ChainState[], now: number): void {
    this.#isSteady = snapshot === this.#snapshot
    this.#snapshot = snapshot
    this.#states = states
    this.#until = now + FRESH_MS
  }
}
