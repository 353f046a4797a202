import {type Freshness, readFreshness} from '../../metadata/queue/readFreshness'
import type {Context} from '../context'
import type {HealthRow} from './metadataHealth'
import type {MintState} from './sinceMint'
import {type VersionRow, versionColumns} from './versionRow'

/** `key`: of an asset, or of a collection for the contract's own document. */
export const loadFreshness = (context: Context, key: string): Promise<Freshness> =>
  context
    .nested('metadata freshness', async (keys) => {
      const found = await readFreshness(context.db as never, keys)
      return keys.map((one) => found.get(one) ?? {staleSince: null})
    })
    .load(key) as Promise<Freshness>

export type Present = Readonly<{row: VersionRow; mint: Omit<MintState, 'present'>}>
type MintRow = VersionRow &
  Readonly<{mint_uri: string | null; mint_uri_hash: Buffer | null; mint_failure: string | null; first_hash: Buffer; first_at: Date}>

/** What was read last, `beforeBlock` where one is given, and what is known of the mint; null: nothing was read. */
export const loadPresent = (context: Context, key: string, beforeBlock: number | null = null): Promise<Present | null> =>
  context
    .nested(`metadata present ${beforeBlock ?? ''}`, (keys) => fetchPresent(context, keys, beforeBlock))
    .load(key) as Promise<Present | null>

const lastBefore = (block: string): string =>
  `(SELECT x.id FROM metadata_version x WHERE x.subject_id = s.id AND x.block_number < ${block} ORDER BY x.block_number DESC, x.id DESC LIMIT 1)`

async function fetchPresent({db}: Context, keys: readonly string[], beforeBlock: number | null): Promise<readonly (Present | null)[]> {
  const rows = await db.query<MintRow>(
    `SELECT ${versionColumns('s.id')}, s.mint_uri, s.mint_uri_hash, s.mint_failure, f.document_hash AS first_hash, f.observed_at AS first_at
     FROM metadata_subject s JOIN metadata_version v ON v.id = ${beforeBlock === null ? 's.version_id' : lastBefore('$2')} JOIN metadata_document d ON d.hash = v.document_hash
     JOIN LATERAL (SELECT document_hash, observed_at FROM metadata_version WHERE subject_id = s.id ORDER BY id LIMIT 1) f ON true
     WHERE s.id = ANY($1)`,
    beforeBlock === null ? [keys] : [keys, beforeBlock],
    true,
  )
  const minted = await db.query<VersionRow>(
    `SELECT DISTINCT ON (v.subject_id) ${versionColumns('v.subject_id')}
     FROM metadata_version v JOIN metadata_document d ON d.hash = v.document_hash
     WHERE v.subject_id = ANY($1) AND v.at_mint ORDER BY v.subject_id, v.id`,
    [keys],
    true,
  )
  const [found, mints] = [new Map(rows.map((row) => [row.subject_id, row])), new Map(minted.map((row) => [row.subject_id, row]))]
  return keys.map((key) => {
    const row = found.get(key)
    return row ? {row, mint: mintOf(row, mints.get(key) ?? null)} : null
  })
}

const mintOf = (row: MintRow, minted: VersionRow | null): Present['mint'] => ({
  minted,
  mintUri: row.mint_uri,
  mintUriHash: row.mint_uri_hash,
  mintFailure: row.mint_failure,
  firstHash: row.first_hash,
  firstAt: row.first_at,
})

export const loadHealth = (context: Context, key: string): Promise<HealthRow | null> =>
  context
    .nested('metadata health', async (keys) => {
      const rows = await context.db.query<HealthRow>(
        `SELECT id, priority, due_at, leased_until, failures, tried_at, failure_kind, failure_reason, attempts, read_at, read_block
         FROM metadata_subject WHERE id = ANY($1)`,
        [keys],
        true,
      )
      const found = new Map(rows.map((row) => [row.id, row]))
      return keys.map((one) => found.get(one) ?? null)
    })
    .load(key) as Promise<HealthRow | null>
