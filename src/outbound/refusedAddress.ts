/** Thrown instead of connecting. `kind` refused_address: a stranger's URL leads where no stranger may; dns: it leads nowhere. */
export class RefusedAddress extends Error {
  override readonly name = 'RefusedAddress'
  readonly code = 'E_REFUSED_ADDRESS'

  constructor(
    readonly kind: 'refused_address' | 'dns',
    reason: string,
  ) {
    super(reason)
  }
}

/** The refusal among an error and what caused it; null: it is none. */
export function findRefusal(error: unknown): RefusedAddress | null {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) if (at instanceof RefusedAddress) return at
  if (error instanceof AggregateError) return error.errors.map(findRefusal).find((refusal) => refusal !== null) ?? null
  return null
}
