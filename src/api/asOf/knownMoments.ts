import type {Moment} from './asOf'

const FRESH_MS = 5_000
const MOST = 1_000

/** Moments that were found lately and last: who asks as of one block asks again. */
export type KnownMoments = Readonly<{
  get: (question: string) => Moment | null
  keep: (question: string, moment: Moment) => void
  forget: (question: string) => void
}>

export function createKnownMoments(): KnownMoments {
  const known = new Map<string, Readonly<{moment: Moment; until: number}>>()
  return {
    get: (question) => {
      const found = known.get(question)
      return found && found.until > Date.now() ? found.moment : null
    },
    keep: (question, moment) => {
      if (!moment.isLasting) return
      if (known.size >= MOST) known.clear()
      known.set(question, {moment, until: Date.now() + FRESH_MS})
    },
    forget: (question) => void known.delete(question),
  }
}
