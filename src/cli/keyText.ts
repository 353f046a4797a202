import {InvalidArgumentError} from 'commander'
import type {ListedKey} from '../access/keyStore'
import {parseDateTime} from '../domain/dateTime'

/** A line of the list. */
export function formatKey({id, name, scopes, createdAt, expiresAt, revokedAt}: ListedKey, now: Date): string {
  return [id, scopes.join(','), createdAt.toISOString(), stateOf({expiresAt, revokedAt}, now), name].join('\t')
}

function stateOf({expiresAt, revokedAt}: Pick<ListedKey, 'expiresAt' | 'revokedAt'>, now: Date): string {
  if (revokedAt) return `revoked ${revokedAt.toISOString()}`
  if (!expiresAt) return 'works'
  return `${expiresAt > now ? 'until' : 'expired'} ${expiresAt.toISOString()}`
}

/** Who or what a key is for. @throws InvalidArgumentError */
export function parseKeyName(text: string): string {
  const name = text.trim()
  if (name.length > 0 && name.length <= 200 && !/[\u0000-\u001f\u007f]/.test(name)) return name
  throw new InvalidArgumentError('Give 1 to 200 characters, no control characters.')
}

/** When a key ends. @throws InvalidArgumentError */
export function parseExpiry(text: string, now: Date): Date {
  const time = momentOf(text)
  if (!time) throw new InvalidArgumentError('Expected ISO 8601, as 2027-01-31 or 2027-01-31T12:00:00Z.')
  if (time > now) return time
  throw new InvalidArgumentError('Expected a moment in the future.')
}

function momentOf(text: string): Date | null {
  try {
    return parseDateTime(text)
  } catch {
    return null
  }
}
