import {createHash, randomUUID} from 'node:crypto'
import type {Pool} from 'pg'
import type {ChainId} from '../../domain/caip'
import {inTransaction} from '../../process/inTransaction'
import {parseSubject, requestReading} from '../queue/askFor'

/** What somebody wants read anew: some assets (their keys), or the tokens of a collection from one id to another (null: to the last). */
export type Wanted =
  | Readonly<{kind: 'assets'; assets: readonly string[]}>
  | Readonly<{kind: 'range'; collectionId: string; from: bigint; to: bigint | null}>

export type RefreshRequest = Readonly<{
  id: string
  tokens: number
  createdAt: Date
  completedAt: Date | null
  read: number | null
  failed: number | null
}>

/** Who asks, and under what name of theirs: the same name is the same request. */
export type Asker = Readonly<{client: string; idempotencyKey: string | null}>
/** `other`: the key names a request for something else. */
export type Requested = Readonly<{request: RefreshRequest; isNew: boolean}> | 'other'

type Row = Readonly<{
  id: string
  tokens: string
  created_at: Date
  completed_at: Date | null
  read_count: string | null
  failed_count: string | null
  digest: Buffer
}>
const COLUMNS = 'id, tokens, created_at, completed_at, read_count, failed_count, digest'
/** Counting more tells nobody anything. */
const MOST_COUNTED = 1_000_000

const digestOf = (wanted: Wanted): Buffer =>
  createHash('sha256')
    .update(JSON.stringify(wanted, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value)))
    .digest()

/** Stores the request, and queues what it names if that is a few assets; a range is the worker's to walk over. */
export async function createRefreshRequest(pool: Pool, {client, idempotencyKey}: Asker, wanted: Wanted): Promise<Requested> {
  const digest = digestOf(wanted)
  const chainId: ChainId = parseSubject(wanted.kind === 'assets' ? (wanted.assets[0] ?? '') : wanted.collectionId).chainId
  const range = wanted.kind === 'range' ? wanted : null
  const assets = wanted.kind === 'assets' ? wanted.assets : null
  const tokens = range ? await countTokens(pool, range) : (assets?.length ?? 0)
  const made = await inTransaction(pool, async (db) => {
    const {rows} = await db.query<Row>(
      `INSERT INTO metadata_request (id, client, idempotency_key, digest, chain_id, collection_id, assets, from_token, to_token, next_token, tokens)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $8, $10)
       ON CONFLICT (client, idempotency_key) WHERE idempotency_key IS NOT NULL DO NOTHING RETURNING ${COLUMNS}`,
      [
        ...[randomUUID(), client, idempotencyKey, digest, chainId, range?.collectionId ?? null, assets],
        ...[range ? String(range.from) : null, range && range.to !== null ? String(range.to) : null, tokens],
      ],
    )
    if (rows[0] && assets) await requestReading(db as never, assets.map(parseSubject))
    return rows[0]
  })
  if (made) return {request: toRequest(made), isNew: true}
  const {rows} = await pool.query<Row>(`SELECT ${COLUMNS} FROM metadata_request WHERE client = $1 AND idempotency_key = $2`, [
    client,
    idempotencyKey,
  ])
  const [row] = rows
  if (!row) throw new Error('a request is gone between two statements')
  return row.digest.equals(digest) ? {request: toRequest(row), isNew: false} : 'other'
}

async function countTokens(pool: Pool, {collectionId, from, to}: Extract<Wanted, {kind: 'range'}>): Promise<number> {
  const {rows} = await pool.query<{n: number}>(
    `SELECT count(*)::int AS n FROM (SELECT FROM asset WHERE collection_id = $1 AND token_id >= $2 AND ($3::numeric IS NULL OR token_id <= $3)
       AND burn_id IS NULL LIMIT ${MOST_COUNTED}) a`,
    [collectionId, String(from), to === null ? null : String(to)],
  )
  return rows[0]?.n ?? 0
}

type Queryable = Readonly<{query: (text: string, values: unknown[]) => Promise<unknown>}>
const rowsOf = <R>(answer: unknown): readonly R[] => (Array.isArray(answer) ? answer : (answer as Readonly<{rows: R[]}>).rows)

export async function readRefreshRequest(db: Queryable, id: string): Promise<RefreshRequest | null> {
  const [row] = rowsOf<Row>(await db.query(`SELECT ${COLUMNS} FROM metadata_request WHERE id = $1`, [id]))
  return row ? toRequest(row) : null
}

/** Tokens a second, as the last requests of more than a few tokens were served; null: there was none. */
export async function readRefreshRate(db: Queryable): Promise<number | null> {
  const [row] = rowsOf<{rate: number | null}>(
    await db.query(
      `SELECT (sum(read_count + failed_count) / greatest(0.1, sum(extract(epoch FROM completed_at - created_at))))::float8 AS rate FROM (
         SELECT * FROM metadata_request WHERE completed_at IS NOT NULL AND tokens >= 100 ORDER BY completed_at DESC LIMIT 5) r`,
      [],
    ),
  )
  return row?.rate ?? null
}

const toRequest = (row: Row): RefreshRequest => ({
  id: row.id,
  tokens: Number(row.tokens),
  createdAt: row.created_at,
  completedAt: row.completed_at,
  read: row.read_count === null ? null : Number(row.read_count),
  failed: row.failed_count === null ? null : Number(row.failed_count),
})
