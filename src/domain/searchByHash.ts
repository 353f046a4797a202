/**
 * Finds by their hash what candidates give, hashing each of them once and none before somebody looks that far: who asks for many hashes pays
 * for the candidates, and not for candidates times hashes (INV-8). Of candidates with one hash the first counts.
 */
export function searchByHash<T>(candidates: Iterator<readonly [hash: string, found: T]>): (hash: string) => T | null {
  const known = new Map<string, T>()
  return (hash) => {
    for (let found = known.get(hash); ; found = known.get(hash)) {
      if (found !== undefined) return found
      const next = candidates.next()
      if (next.done) return null
      const [itsHash, value] = next.value
      if (!known.has(itsHash)) known.set(itsHash, value)
    }
  }
}
