/** `path` as in the file: `chains[0].rpc[1]`; empty for the file as a whole. */
export type ConfigProblem = Readonly<{path: string; message: string}>

/** What is wrong with the configuration: all of it at once. Never holds a value of the environment. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  readonly code = 'E_CONFIG'
  constructor(
    readonly source: string,
    readonly problems: readonly ConfigProblem[],
  ) {
    super([`${source} cannot be used:`, ...problems.map(({path, message}) => `  ${path ? `${path}: ` : ''}${message}`)].join('\n'))
  }
}
