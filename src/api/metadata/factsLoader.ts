import type {TableName} from '../../domain/rows'
import type {Context} from '../context'
import {createParameters, keysSql, type Parameters} from '../list/parameters'
import {parseStored, type Stored, selectJson} from '../stored'

/** What the chain had told of a subject's metadata at the answer's moment, and when it told something else. */
export type MetadataFactRows = Readonly<{
  change: Stored<'MetadataChange'> | null
  commit: Stored<'MetadataCommit'> | null
  /** Block of the first change behind the moment: what was read from there on is not evidence of it. Null: none yet, or the moment is now. */
  nextBlock: number | null
}>

const NOTHING: MetadataFactRows = {change: null, commit: null, nextBlock: null}

/** `key`: of an asset, or of a collection for the contract's own document. */
export const loadFacts = (context: Context, key: string): Promise<MetadataFactRows> =>
  context.nested('metadata facts', (keys) => fetchFacts(context, keys)).load(key) as Promise<MetadataFactRows>

type Json = Readonly<Record<string, unknown>>
type Row = Readonly<{key: string; change: Json | null; commit: Json | null; next: number | null}>

async function fetchFacts(context: Context, keys: readonly string[]): Promise<readonly MetadataFactRows[]> {
  const parameters = createParameters(context)
  const list = parameters.add(keys)
  const rows = await context.db.query<Row>(factsSql(keysSql(list, keys, 'k'), parameters), parameters.values, true)
  const found = new Map(rows.map((row) => [row.key, row]))
  return keys.map((key) => {
    const row = found.get(key)
    return row ? {change: parsed('MetadataChange', row.change), commit: parsed('MetadataCommit', row.commit), nextBlock: row.next} : NOTHING
  })
}

const parsed = <T extends TableName>(table: T, json: Json | null): Stored<T> | null => json && parseStored(table, json)

/** Its own changes; of a contract those of its own document, of a token the ranges over it. Each by an index, from one end. */
const WAYS = [
  't.asset_id = s.key',
  `s.token_id IS NULL AND t.collection_id = s.collection_id AND t.scope = 'contract'`,
  `t.collection_id = s.collection_id AND t.scope = 'range' AND s.token_id >= t.from_token_id AND (t.to_token_id IS NULL OR s.token_id <= t.to_token_id)`,
] as const

const firstOf = (columns: string, condition: string, way: 'ASC' | 'DESC'): string =>
  `(SELECT * FROM (${WAYS.map((concerns) => `(SELECT ${columns} FROM metadata_change t WHERE ${concerns} AND ${condition} ORDER BY t.id ${way} LIMIT 1)`).join(' UNION ALL ')}) u ORDER BY u.id ${way} LIMIT 1)`

function factsSql(subjects: string, {horizon}: Parameters): string {
  // Of both bounds of a range PostgreSQL expects next to no rows, and would sort all of a collection's changes rather than walk to the last.
  const known = horizon ? `${horizon.upTo('t.id')} AND ${horizon.onChain('t.chain_id')}` : 'true'
  const next = horizon
    ? firstOf('t.id, t.block_number', `t.id > ${horizon.end('s.chain_id')} AND t.chain_id = s.chain_id`, 'ASC')
    : '(SELECT NULL::int AS block_number)'
  return `SELECT s.key, c.row AS change, m.row AS commit, n.block_number AS next FROM (
      SELECT k.key, split_part(k.key, '-', 1)::numeric AS chain_id, split_part(k.key, '-', 1) || '-' || split_part(k.key, '-', 2) AS collection_id,
        NULLIF(split_part(k.key, '-', 3), '')::numeric AS token_id FROM ${subjects}) s
    LEFT JOIN LATERAL ${firstOf(`t.id, ${selectJson('MetadataChange', 't')} AS row`, known, 'DESC')} c ON true
    LEFT JOIN LATERAL (SELECT ${selectJson('MetadataCommit', 't')} AS row FROM metadata_commit t
      WHERE t.asset_id = s.key AND t.authority <> 'unverified' AND ${known} ORDER BY t.id DESC LIMIT 1) m ON true
    LEFT JOIN LATERAL ${next} n ON true`
}
