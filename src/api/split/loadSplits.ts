import {knownSql} from '../asOf/tableSql'
import type {LoadContext} from '../list/pageArgs'
import {createParameters} from '../list/parameters'
import {parseStored, type Stored, selectJson} from '../stored'

type Change = Stored<'SplitChange'>

/** Of each `<key of a split> <event key>`: its last word up to that event, else its first one behind it, since a split may be paid before it is made. */
export async function loadSplits(context: LoadContext, keys: readonly string[]): Promise<readonly (readonly [string, Change])[]> {
  const parameters = createParameters(context)
  const asked = parameters.add(keys)
  const one = (condition: string, way: string) =>
    `(SELECT t.* FROM split_change t WHERE t.split = split_part(split_part(k.key, ' ', 1), '-', 2) AND t.chain_id = split_part(k.key, '-', 1)::numeric AND ${knownSql(parameters)} AND t.authority <> 'unverified' AND ${condition} ORDER BY t.id ${way} LIMIT 1)`
  const rows = await context.db.query<{key: string; row: Readonly<Record<string, unknown>>}>(
    `SELECT k.key, ${selectJson('SplitChange', 'c')} AS row FROM unnest(${asked}::text[]) k(key)
     CROSS JOIN LATERAL (
       SELECT * FROM (
         SELECT b.*, 0 AS rank FROM ${one(`t.id <= split_part(k.key, ' ', 2)`, 'DESC')} b
         UNION ALL SELECT a.*, 1 AS rank FROM ${one(`t.id > split_part(k.key, ' ', 2)`, 'ASC')} a
       ) u ORDER BY rank LIMIT 1) c`,
    parameters.values,
    true,
  )
  return rows.map(({key, row}) => [key, parseStored('SplitChange', row)])
}
