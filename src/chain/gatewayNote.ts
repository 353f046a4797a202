/** A line for the log of the process that owns the gateway. */
export type Note = (level: 'debug' | 'info' | 'warn' | 'error', message: string, detail?: Readonly<Record<string, unknown>>) => void
