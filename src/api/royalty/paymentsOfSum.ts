import type {Scope} from '../list/pageSql'
import {SOURCE_SQL} from './royaltyPayment'

/** Columns that a group always has a value of, and those where what names nothing is a group too. */
const GIVEN = {recipient: 't."recipient"', payer: 't."payer"', source: SOURCE_SQL} as const
const MAY_LACK = {asset: 't."asset_id"', license: 't."license_ref"', collection: 't."collection_id"'} as const
const SPANS = {day: '1 day', week: '7 days', month: '1 month'} as const

/** The values that make a group, as the text that its list is asked for by. */
export type GroupKey = Readonly<{chain_id: string; currency: string} & Partial<Record<string, unknown>>>

/** Payments of one group among many: conditions with the indexes of the table behind them. */
export function paymentsOf(grouped: ReadonlySet<string>): Scope {
  const names = [...grouped].sort()
  return {
    name: `sum by ${names.join()}`,
    oneChain: true,
    parts: (key) => {
      const value = (name: string) => `(${key}::json->>'${name}')`
      const conditions = [`t."chain_id" = ${value('chain_id')}::numeric`, `t."currency" = ${value('currency')}`]
      for (const name of names) conditions.push(...conditionOf(name, value(name)))
      const [split, ...others] = Object.entries(MAY_LACK).filter(([name]) => grouped.has(name))
      for (const [name, sql] of others) conditions.push(`${sql} IS NOT DISTINCT FROM ${value(name)}`)
      if (!split) return [conditions.join(' AND ')]
      const [name, sql] = split
      // Apart, so that an index finds those that have one.
      return [`${sql} = ${value(name)}`, `${value(name)} IS NULL AND ${sql} IS NULL`].map((own) => [...conditions, own].join(' AND '))
    },
  }
}

function conditionOf(name: string, value: string): readonly string[] {
  const given = GIVEN[name as keyof typeof GIVEN]
  if (given) return [`${given} = ${value}`]
  if (name === 'kind') return [`least(t."kind", 3) = ${value}::int`]
  const span = SPANS[name as keyof typeof SPANS]
  return span ? [`t."timestamp" >= ${value}::timestamptz AND t."timestamp" < ${value}::timestamptz + interval '${span}'`] : []
}
