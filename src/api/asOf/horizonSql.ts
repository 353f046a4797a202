import {TABLES, type TableName} from '../../domain/rows'
import type {AsOf} from './asOf'

/** The end of what an answer may know, as SQL; what is used of it becomes parameters. */
export type HorizonSql = Readonly<{
  /** The key of an event lies before the end. */
  within: (key: string) => string
  /** The key lies not behind the end: of one chain, with nothing said of its start, so that what else narrows the rows finds an index. */
  upTo: (key: string) => string
  /** The last key of a row's chain: `chain` is the row's column. */
  end: (chain: string) => string
  /** The row is of a chain that the answer speaks of. */
  onChain: (chain: string) => string
}>

export function createHorizonSql({horizons}: AsOf, add: (value: unknown) => string): HorizonSql {
  const added = new Map<string, string>()
  const key = (value: string): string => {
    const known = added.get(value)
    if (known) return known
    const parameter = `${add(value)}::text`
    added.set(value, parameter)
    return parameter
  }
  const within = (id: string): string =>
    `(${horizons.map(({firstKey, lastKey}) => `${id} BETWEEN ${key(firstKey)} AND ${key(lastKey)}`).join(' OR ')})`
  return {
    within,
    upTo: (id) => (horizons.length === 1 && horizons[0] ? `${id} <= ${key(horizons[0].lastKey)}` : within(id)),
    end: (chain) => {
      const [only, ...others] = horizons
      if (only && others.length === 0) return key(only.lastKey)
      return `(CASE ${chain} ${horizons.map(({chainId, lastKey}) => `WHEN ${chainId} THEN ${key(lastKey)}`).join(' ')} END)`
    },
    onChain: (chain) => `${chain} IN (${horizons.map(({chainId}) => chainId).join(', ')})`,
  }
}

/** A table of facts: its key is the place of a log. */
export const isFactTable = (table: TableName): boolean => TABLES[table].columns.some(({column}) => column === 'log_index')
