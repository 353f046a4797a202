import {readStoredJson} from '../../metadata/version/readDocument'
import type {Context} from '../context'

const LONGEST = 1_048_576
/** Of one answer, together. */
const MOST_BYTES = 8 * LONGEST

/** The JSON of a document by its hash; null where it has none, or is too long for an answer. */
export const loadJson = (context: Context, hash: Buffer): Promise<unknown> =>
  context
    .nested('metadata documents', async (hashes) => {
      const rows = await context.db.query<{hash: string; bytes: Buffer; media_type: string}>(
        `SELECT hash, bytes, media_type FROM (
           SELECT encode(hash, 'hex') AS hash, bytes, media_type, sum(byte_length) OVER (ORDER BY hash) AS total
           FROM metadata_document WHERE hash = ANY($1) AND byte_length <= ${LONGEST}) d WHERE total <= ${MOST_BYTES}`,
        [hashes.map((hex) => Buffer.from(hex, 'hex'))],
      )
      const found = new Map(rows.map((row) => [row.hash, readStoredJson(row.bytes, row.media_type)]))
      return hashes.map((hex) => found.get(hex) ?? null)
    })
    .load(hash.toString('hex'))
