/** Text from outside (a query, a config, a command line) that is not what it should be. */
export class InvalidInput extends Error {
  override readonly name = 'InvalidInput'
  readonly code = 'E_INVALID_INPUT'
}

/** `what` was expected in the form `expected`; the text is shortened so that a message stays a message. */
export function invalid(what: string, text: string, expected: string): InvalidInput {
  const shown = text.length > 80 ? `${text.slice(0, 80)}…` : text
  return new InvalidInput(`not a valid ${what}: ${JSON.stringify(shown)}; expected ${expected}`)
}
