import type {Context} from '../context'
import {createConnection} from '../list/connection'
import {parseCursor} from '../list/cursor'
import type {OrderTerm} from '../list/order'
import {buildPage} from '../list/page'
import {type PageArgs, windowOf} from '../list/pageArgs'
import {MetadataVersion} from './metadataVersion'
import {type VersionRow, versionColumns} from './versionRow'

/** Newest first, by what it is of: what was minted may have been read last. */
const ORDER: readonly OrderTerm[] = [
  {field: 'block', sql: 'v.block_number', cast: 'int8', descending: true, nullable: false},
  {field: 'id', sql: 'v.id', cast: 'int8', descending: true, nullable: false},
]

export const MetadataVersionConnection = createConnection<MetadataVersion>('MetadataVersion', () => MetadataVersion)

/** A page of the versions of an asset, or of a contract's own document; `beforeBlock`: of those that were first read before it. */
export async function fetchHistory({db}: Context, key: string, args: PageArgs, beforeBlock: number | null): Promise<object> {
  const window = windowOf(args)
  const [after, before] = [args.after, args.before].map((cursor) => (cursor == null ? [null, null] : parseCursor(ORDER, cursor)))
  const order = (way: 'ASC' | 'DESC') => `block_number ${way}, id ${way}`
  const wanted = order(window.backward ? 'ASC' : 'DESC')
  const rows = await db.query<VersionRow>(
    `SELECT * FROM (
       SELECT ${versionColumns(`v.${wanted.replace(', ', ', v.')}`)} FROM (
         SELECT * FROM metadata_version WHERE subject_id = $1 AND ($2::int8 IS NULL OR (block_number, id) < ($2, $3::int8))
           AND ($4::int8 IS NULL OR (block_number, id) > ($4, $5::int8)) AND ($6::int IS NULL OR block_number < $6)
         ORDER BY ${wanted} LIMIT ${window.size + 1}) v
       JOIN metadata_document d ON d.hash = v.document_hash) page
     ORDER BY ${wanted}`,
    [key, ...(after ?? []), ...(before ?? []), beforeBlock],
  )
  const nodes = rows.slice(0, window.size).map((row) => new MetadataVersion(row))
  const positionOf = (i: number) => {
    const {block_number, id} = rows[i] as VersionRow
    return [String(block_number), id]
  }
  const page = buildPage({nodes, order: ORDER, positionOf}, rows.length, window, args, async () => {
    const [counted] = await db.query<{n: number}>(
      'SELECT count(*)::int AS n FROM metadata_version WHERE subject_id = $1 AND ($2::int IS NULL OR block_number < $2)',
      [key, beforeBlock],
    )
    return {value: counted?.n ?? 0, isEstimate: false}
  })
  return new (MetadataVersionConnection as new (of: typeof page) => object)(page)
}
