import type {Snapshot} from '../snapshot'
import {parseStored, selectJson} from '../stored'
import type {LicenseLineage} from './judge'

/** A contract can log a tree of any depth, and a loop. */
const MAX_DEPTH = 64

/** Each licence with its ancestors, in the order of the ids; one that is not stored is left out. */
export async function loadLineages(db: Snapshot, ids: readonly string[]): Promise<readonly LicenseLineage[]> {
  const rows = await db.query<{root: string; depth: number; row: Readonly<Record<string, unknown>>}>(
    `WITH RECURSIVE line AS (
       SELECT t.id AS root, t.id, t.parent_id, 0 AS depth, ARRAY[t.id::text] AS path FROM license t WHERE t.id = ANY($1)
       UNION ALL
       SELECT l.root, p.id, p.parent_id, l.depth + 1, l.path || p.id::text FROM line l JOIN license p ON p.id = l.parent_id
       WHERE l.depth < ${MAX_DEPTH} AND NOT p.id = ANY(l.path)
     )
     SELECT l.root, l.depth, ${selectJson('License', 't')} AS row FROM line l JOIN license t ON t.id = l.id ORDER BY l.root, l.depth`,
    [ids],
    'license_lineages',
  )
  const lines = new Map<string, ReturnType<typeof parseStored<'License'>>[]>()
  for (const {root, row} of rows) lines.set(root, [...(lines.get(root) ?? []), parseStored('License', row)])
  return ids.flatMap((id): readonly LicenseLineage[] => {
    const [license, ...ancestors] = lines.get(id) ?? []
    if (!license) return []
    return [{license, ancestors, complete: (ancestors[ancestors.length - 1] ?? license).parentId === null}]
  })
}
