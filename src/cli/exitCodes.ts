/** Exit codes of the indexer command: 0 done or stopped on request, and these. */
export const FAILURE = 1
/** The operator has to mend the command line or the configuration. */
export const USAGE_PROBLEM = 2

export const exitCodeOf = (error: unknown): number =>
  (error as Readonly<{code?: unknown}> | null)?.code === 'E_CONFIG' ? USAGE_PROBLEM : FAILURE
