import type {Pool} from 'pg'
import {type ApiKey, formatKeyText, generateKeyText, hashSecret, isScope, isSecretOf, parseKeyText, type Scope} from './apiKey'

type Queryable = Pick<Pool, 'query'>

/** A key as its table shows it. */
export type ListedKey = ApiKey & Readonly<{createdAt: Date; expiresAt: Date | null; revokedAt: Date | null}>

type KeyRow = Readonly<{
  id: string
  name: string
  scopes: readonly string[]
  created_at: Date
  expires_at: Date | null
  revoked_at: Date | null
}>

export type NewKey = Readonly<{name: string; scopes: readonly Scope[]; expiresAt: Date | null}>

/** Makes a key; the text that is answered is shown once and kept nowhere. */
export async function createKey(db: Queryable, {name, scopes, expiresAt}: NewKey): Promise<string> {
  const key = generateKeyText()
  await db.query('INSERT INTO api_key (id, name, secret_hash, scopes, expires_at) VALUES ($1, $2, $3, $4, $5)', [
    key.id,
    name,
    hashSecret(key.secret),
    scopes,
    expiresAt,
  ])
  return formatKeyText(key)
}

export async function listKeys(db: Queryable): Promise<readonly ListedKey[]> {
  const {rows} = await db.query<KeyRow>('SELECT id, name, scopes, created_at, expires_at, revoked_at FROM api_key ORDER BY created_at, id')
  return rows.map(({created_at, expires_at, revoked_at, ...row}) => ({
    ...toKey(row),
    createdAt: created_at,
    expiresAt: expires_at,
    revokedAt: revoked_at,
  }))
}

/** Whether there was such a key to revoke. */
export async function revokeKey(db: Queryable, id: string): Promise<boolean> {
  const {rowCount} = await db.query('UPDATE api_key SET revoked_at = now() WHERE id = $1 AND revoked_at IS NULL', [id])
  return rowCount === 1
}

/** The key whose text this is; null when there is none, or it is revoked or expired. */
export async function findKey(db: Queryable, text: string): Promise<ApiKey | null> {
  const parsed = parseKeyText(text)
  if (!parsed) return null
  const {rows} = await db.query<KeyRow & {secret_hash: Buffer}>(
    `SELECT id, name, scopes, secret_hash FROM api_key WHERE id = $1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())`,
    [parsed.id],
  )
  const [row] = rows
  return row && isSecretOf(row.secret_hash, parsed.secret) ? toKey(row) : null
}

const toKey = ({id, name, scopes}: Pick<KeyRow, 'id' | 'name' | 'scopes'>): ApiKey => ({id, name, scopes: scopes.filter(isScope)})
