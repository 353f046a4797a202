/** A promise of docs/invariants.md was broken: a bug, never bad input. The process stops. */
export class BrokenInvariant extends Error {
  override readonly name = 'BrokenInvariant'
  readonly code = 'E_BROKEN_INVARIANT'
}

export function assertInvariant(holds: boolean, id: `INV-${number}`, context: string): asserts holds {
  if (!holds) throw new BrokenInvariant(`${id}: ${context}`)
}
