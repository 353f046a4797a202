/** The embedded PostgreSQL cannot be used; says why, and what to do instead. */
export class EmbeddedPostgresFailed extends Error {
  override readonly name = 'EmbeddedPostgresFailed'
  readonly code = 'E_EMBEDDED_POSTGRES'
  constructor(lines: readonly string[], options?: ErrorOptions) {
    super(lines.join('\n  '), options)
  }
}
