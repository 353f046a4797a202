import {type Logger, pino, stdSerializers} from 'pino'
import {redactText} from './redact'

export type {Logger}

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const

/** One JSON line an event on standard output. `name`: the process, e.g. `processor eip155:1`. No URL's key gets into it. */
export const createLogger = (name: string, level: string = process.env['LOG_LEVEL'] ?? 'info'): Logger =>
  pino({
    name,
    level: (LEVELS as readonly string[]).includes(level) ? level : 'info',
    base: {name},
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: {level: (label) => ({level: label}), log: redactStrings},
    serializers: {err: (error: Error) => redactError(stdSerializers.err(error))},
    hooks: {
      logMethod(args, method) {
        const redacted = args.map((arg) => (typeof arg === 'string' ? redactText(arg) : arg)) as typeof args
        method.apply(this, redacted)
      },
    },
  })

/** Libraries hand over URLs as fields. Errors have a serializer of their own. */
const redactStrings = (fields: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, typeof value === 'string' ? redactText(value) : value]))

const redactError = (error: object): object =>
  Object.fromEntries(
    Object.entries(error).map(([key, value]) => [
      key,
      typeof value === 'string'
        ? redactText(value)
        : typeof value === 'object' && value !== null && !Array.isArray(value)
          ? redactError(value)
          : value,
    ]),
  )
