import {TABLES} from '../../domain/rows'
import type {JournalChange} from '../../feed/journal/journalChange'
import type {Context} from '../context'
import type {ChainEvent, FactRow} from '../event/chainEvent'
import {SOURCES} from '../provenance/sources'
import {selectColumns} from '../stored'

const SOURCE_OF_TABLE = new Map(
  Object.values(SOURCES)
    .flat()
    .map((source) => [source.table as string, source] as const),
)

const keyOf = ({kind, eventId, blockHash}: JournalChange): string => `${kind} ${eventId} ${blockHash}`

/** The fact of an entry; null when a fork has taken it back meanwhile, or put another one in its place. Those of an answer are loaded together. */
export async function loadFact(context: Context, entry: JournalChange): Promise<ChainEvent | null> {
  if (entry.retracts !== null || entry.blockHash === null || !SOURCE_OF_TABLE.has(entry.kind)) return null
  return (await context.nested('facts of the feed', (keys) => loadFacts(context, keys)).load(keyOf(entry))) as ChainEvent | null
}

async function loadFacts(context: Context, keys: readonly string[]): Promise<readonly (ChainEvent | null)[]> {
  const ids = new Map<string, string[]>()
  for (const key of keys) {
    const [kind = '', id = ''] = key.split(' ')
    ids.set(kind, [...(ids.get(kind) ?? []), id])
  }
  const found = new Map<string, ChainEvent>()
  for (const [kind, wanted] of ids)
    for (const [id, hash, event] of await loadFactsOf(context, kind, wanted)) found.set(`${kind} ${id} ${hash}`, event)
  return keys.map((key) => found.get(key) ?? null)
}

async function loadFactsOf({db}: Context, kind: string, ids: readonly string[]) {
  const source = SOURCE_OF_TABLE.get(kind)
  if (!source) return []
  const rows = await db.query<FactRow & {__hash: string}>(
    `SELECT ${selectColumns(source.table, 't')}, b.hash AS "__hash" FROM "${TABLES[source.table].table}" t
     JOIN block b ON b.id = t.chain_id::text || '-' || lpad(t.block_number::text, 10, '0') WHERE t.id = ANY ($1)`,
    [ids],
    true,
  )
  return rows.map((row) => [row.id, row.__hash, source.toEntry(row as never)] as const)
}
