import {createHash} from 'node:crypto'
import type {JournalChange} from './journalChange'

/** A place in one feed: behind the entry that it names. The mark tells that entry from another one that has its position in a restored copy. */
export type Cursor = Readonly<{feedId: string; position: number; mark: string}>

const TEXT = /^f1\.([0-9a-f]{12})\.(0|[1-9]\d{0,15})\.([A-Za-z0-9_-]{11})$/

/** Where a feed begins. */
export const startCursor = (feedId: string): Cursor => ({feedId, position: 0, mark: hash(`${feedId} start`)})

export const cursorOf = (
  feedId: string,
  change: Pick<JournalChange, 'position' | 'kind' | 'eventId' | 'blockHash' | 'retracts'>,
): Cursor => ({
  feedId,
  position: change.position,
  mark: hash([feedId, change.position, change.kind, change.eventId, change.blockHash ?? '', change.retracts ?? ''].join(' ')),
})

/** Opaque to clients: base64url. */
export const formatCursor = ({feedId, position, mark}: Cursor): string =>
  Buffer.from(`f1.${feedId}.${position}.${mark}`).toString('base64url')

/** Null for what no feed ever gave. */
export function parseCursor(text: string): Cursor | null {
  if (text.length > 100) return null
  const [, feedId, position, mark] = TEXT.exec(Buffer.from(text, 'base64url').toString('latin1')) ?? []
  return feedId && position && mark ? {feedId, position: Number(position), mark} : null
}

const hash = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 11)
