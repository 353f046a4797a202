import {createHash, randomBytes, timingSafeEqual} from 'node:crypto'

/** What a key allows beyond what everybody may: `read` only raises the limits, the others open a door. */
export const SCOPES = ['read', 'refresh', 'webhooks', 'export'] as const
export type Scope = (typeof SCOPES)[number]

/** A key without its secret, which nobody can read again. */
export type ApiKey = Readonly<{id: string; name: string; scopes: readonly Scope[]}>

/** `pik_<id>_<secret>`: a prefix that secret scanners can know, a name for the row, and 256 random bits. */
const TEXT = /^pik_([0-9a-f]{16})_([A-Za-z0-9_-]{43})$/
export type KeyText = Readonly<{id: string; secret: string}>

/** Null for what no key can be. */
export function parseKeyText(text: string): KeyText | null {
  const [, id, secret] = TEXT.exec(text) ?? []
  return id && secret ? {id, secret} : null
}

export const generateKeyText = (): KeyText => ({id: randomBytes(8).toString('hex'), secret: randomBytes(32).toString('base64url')})

export const formatKeyText = ({id, secret}: KeyText): string => `pik_${id}_${secret}`

/** One round is enough: a secret of 256 random bits is not to be guessed, unlike a password. */
export const hashSecret = (secret: string): Buffer => createHash('sha256').update(secret).digest()

export const isSecretOf = (hash: Buffer, secret: string): boolean => {
  const given = hashSecret(secret)
  return given.length === hash.length && timingSafeEqual(given, hash)
}

export const isScope = (text: string): text is Scope => (SCOPES as readonly string[]).includes(text)
