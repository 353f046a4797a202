import {ConfigError} from './configError'

type Environment = Readonly<Record<string, string | undefined>>

/** `fallback`: where the variable is not set, or is empty. */
type Range = Readonly<{fallback: number; min: number; max: number}>

/** A whole number of the environment. @throws ConfigError */
export function readNumber(env: Environment, name: string, {fallback, min, max}: Range): number {
  const text = env[name] || String(fallback)
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN
  if (number >= min && number <= max) return number
  throw new ConfigError('The environment', [{path: name, message: `expected a whole number from ${min} to ${max}`}])
}

/** 0: a free one. @throws ConfigError */
export const readPort = (env: Environment, name: string, fallback: number): number => readNumber(env, name, {fallback, min: 0, max: 65_535})
