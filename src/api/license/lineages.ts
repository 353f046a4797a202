import {tableSql} from '../asOf/tableSql'
import type {LoadContext} from '../list/pageArgs'
import {createParameters, isOneOf} from '../list/parameters'
import {parseStored, type Stored, selectJson} from '../stored'
import type {LicenseLineage} from './judge'

/** A contract can log a tree of any depth, and a loop: no more than this is looked at. */
export const MAX_DEPTH = 128
const MAX_LICENSES = 20_000

type License = Stored<'License'>

/** Each licence with its ancestors, in the order of the ids; null for one that is not stored. */
export async function loadLineages(context: LoadContext, ids: readonly string[]): Promise<readonly (LicenseLineage | null)[]> {
  const parameters = createParameters(context)
  const [list, licenses] = [parameters.add(ids), tableSql('License', parameters)]
  // UNION ends loops; the LIMIT right above the recursion ends it.
  const rows = await context.db.query<{row: Readonly<Record<string, unknown>>}>(
    `WITH RECURSIVE line(id, parent_id) AS (
       SELECT t.id::text, t.parent_id FROM license t WHERE ${isOneOf('t.id', list, ids)}
       UNION SELECT p.id::text, p.parent_id FROM line l JOIN license p ON p.id = l.parent_id
     )
     SELECT ${selectJson('License', 't')} AS row FROM (SELECT id FROM line LIMIT ${MAX_LICENSES}) l JOIN ${licenses} t ON t.id = l.id`,
    parameters.values,
    true,
  )
  const known = new Map(rows.map(({row}) => [row['id'] as string, parseStored('License', row)]))
  return ids.map((id) => {
    const license = known.get(id)
    return license ? lineageOf(license, known, rows.length === MAX_LICENSES) : null
  })
}

function lineageOf(license: License, known: ReadonlyMap<string, License>, cutOff: boolean): LicenseLineage {
  const ancestors: License[] = []
  const seen = new Set([license.id])
  for (let at = license; ; ) {
    if (at.parentId === null) return {license, ancestors, ancestry: 'known'}
    // In a loop everything has been looked at, and nothing is its root.
    if (seen.has(at.parentId)) return {license, ancestors, ancestry: 'unknown'}
    const parent = known.get(at.parentId)
    if (!parent) return {license, ancestors, ancestry: cutOff ? 'tooDeep' : 'unknown'}
    if (ancestors.length === MAX_DEPTH) return {license, ancestors, ancestry: 'tooDeep'}
    seen.add(parent.id)
    ancestors.push(parent)
    at = parent
  }
}
