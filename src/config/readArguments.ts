import {type ParseArgsConfig, parseArgs} from 'node:util'
import {ConfigError} from './configError'

type Options = NonNullable<ParseArgsConfig['options']>
type Values<T extends Options> = ReturnType<typeof parseArgs<{options: T}>>['values']

/** The arguments of a process that runs alone. @throws ConfigError */
export function readArguments<T extends Options>(options: T, args: readonly string[] = process.argv.slice(2)): Values<T> {
  try {
    return parseArgs({args: [...args], options}).values as Values<T>
  } catch (error) {
    throw new ConfigError('The command', [{path: '', message: (error as Error).message}])
  }
}
