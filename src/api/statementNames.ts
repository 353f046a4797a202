/** Names for texts of statements, so that each connection plans them once. */
export type StatementNames = Readonly<{of: (text: string) => string | undefined}>

const WORTH_IT = 3
export const MOST_NAMES = 300
const MOST_WATCHED = 1_000

/** Connections may be shared with others that name statements. */
let instances = 0

/**
 * A text gets a name when it has come a few times. Every name costs memory in every connection, so there are only so many: the one that was
 * not asked for the longest makes room, and no name is given twice.
 */
export function createStatementNames(): StatementNames {
  const names = new Map<string, string>()
  const seen = new Map<string, number>()
  const own = `s${instances++}`
  let given = 0
  return {
    of: (text) => {
      const name = names.get(text)
      if (name !== undefined) {
        names.delete(text)
        names.set(text, name)
        return name
      }
      const times = (seen.get(text) ?? 0) + 1
      if (times < WORTH_IT) {
        if (seen.size >= MOST_WATCHED) seen.clear()
        seen.set(text, times)
        return undefined
      }
      seen.delete(text)
      if (names.size >= MOST_NAMES) names.delete(names.keys().next().value as string)
      names.set(text, `${own}_${given++}`)
      return names.get(text)
    },
  }
}
