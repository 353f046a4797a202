import type {AsOf} from './asOf'

const FRESH_MS = 5_000
const MOST = 1_000

/** Moments that were found lately and last: who asks as of one block asks again. */
export type KnownMoments = Readonly<{
  get: (question: string) => AsOf | null
  keep: (question: string, asOf: AsOf) => void
  forget: (question: string) => void
}>

export function createKnownMoments(): KnownMoments {
  const known = new Map<string, Readonly<{asOf: AsOf; until: number}>>()
  return {
    get: (question) => {
      const found = known.get(question)
      return found && found.until > Date.now() ? found.asOf : null
    },
    keep: (question, asOf) => {
      if (!asOf.isLasting) return
      if (known.size >= MOST) known.clear()
      known.set(question, {asOf, until: Date.now() + FRESH_MS})
    },
    forget: (question) => void known.delete(question),
  }
}
