import type {Stream} from './childProcess'

/** pino's names; Subsquid's numbers (0 trace … 5 fatal) where its logger writes JSON of its own. */
const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal']
const OWN_KEYS = new Set(['level', 'time', 'name', 'msg', 'ns', 'chain', 'pid', 'hostname'])

/** A child's line for a person: time, who, level when it matters, message, and the rest as key=value. Text that is no record stays as it is. */
export function formatForTerminal(child: string, line: string): string {
  const record = parseRecord(line)
  if (!record) return `${child} | ${line}`
  const level = levelOf(record)
  const time = new Date(typeof record['time'] === 'number' || typeof record['time'] === 'string' ? record['time'] : 0)
  const clock = Number.isNaN(time.getTime()) || time.getTime() === 0 ? '' : `${time.toISOString().slice(11, 19)} `
  const rest = Object.entries(record)
    .filter(([key]) => !OWN_KEYS.has(key))
    .map(([key, value]) => (key === 'err' ? errorText(value) : ` ${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`))
  return `${clock}${child} | ${level === 'info' ? '' : `${level}: `}${String(record['msg'] ?? '')}${rest.join('')}`
}

/** A child's line for a machine: one JSON record in any case. */
export const formatAsRecord = (child: string, line: string, stream: Stream): string =>
  parseRecord(line)
    ? line
    : JSON.stringify({level: stream === 'stderr' ? 'warn' : 'info', time: new Date().toISOString(), name: child, msg: line})

function parseRecord(line: string): Readonly<Record<string, unknown>> | null {
  if (!line.startsWith('{')) return null
  try {
    return JSON.parse(line) as Readonly<Record<string, unknown>>
  } catch {
    return null
  }
}

const levelOf = ({level}: Readonly<Record<string, unknown>>): string =>
  typeof level === 'number' ? (LEVELS[level] ?? String(level)) : String(level ?? 'info')

/** The stack where the message alone would leave a reader guessing. */
const errorText = (error: unknown): string => {
  const {stack, message} = (error ?? {}) as Readonly<{stack?: unknown; message?: unknown}>
  return `\n    ${String(stack ?? message ?? JSON.stringify(error)).replaceAll('\n', '\n    ')}`
}
