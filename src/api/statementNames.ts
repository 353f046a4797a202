/** Names for texts of statements, so that each connection plans them once. */
export type StatementNames = Readonly<{of: (text: string) => string | undefined}>

const WORTH_IT = 3
const MOST_NAMES = 200
const MOST_WATCHED = 1_000

/** A text gets a name when it has come a few times; every name costs memory in every connection, so there are only so many. */
export function createStatementNames(): StatementNames {
  const names = new Map<string, string>()
  const seen = new Map<string, number>()
  return {
    of: (text) => {
      const name = names.get(text)
      if (name !== undefined || names.size >= MOST_NAMES) return name
      const times = (seen.get(text) ?? 0) + 1
      if (times < WORTH_IT) {
        if (seen.size >= MOST_WATCHED) seen.clear()
        seen.set(text, times)
        return undefined
      }
      seen.delete(text)
      names.set(text, `s${names.size}`)
      return names.get(text)
    },
  }
}
