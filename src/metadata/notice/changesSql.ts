/** SQL: `block.id` of an event key. */
export const blockOfKeySql = (key: string): string => `ltrim(split_part(${key}, '-', 1), '0') || '-' || split_part(${key}, '-', 2)`

const COLUMNS = 'm.id, m.uri, m.timestamp'

/**
 * SQL: the newest stored change that concerns the subject `s` (its own; for a token, a range over it), with the hash of its block. No row: none.
 * A subject is fresh as long as this is the change that it was last read under, of the same block: a new event, a fork that puts another one
 * in its place and a fork that takes it away all make it another.
 */
export const newestChangeSql = (s: string): string => `(
  SELECT m.id, m.uri, m.timestamp, b.hash FROM (
    (SELECT ${COLUMNS} FROM metadata_change m WHERE m.asset_id = ${s}.id ORDER BY m.id DESC LIMIT 1)
    UNION ALL
    (SELECT ${COLUMNS} FROM metadata_change m WHERE ${s}.token_id IS NULL AND m.collection_id = ${s}.collection_id AND m.scope = 'contract'
     ORDER BY m.id DESC LIMIT 1)
    UNION ALL
    (SELECT ${COLUMNS} FROM metadata_change m WHERE m.collection_id = ${s}.collection_id AND m.scope = 'range'
       AND ${s}.token_id >= m.from_token_id AND (m.to_token_id IS NULL OR ${s}.token_id <= m.to_token_id)
     ORDER BY m.id DESC LIMIT 1)
  ) m LEFT JOIN block b ON b.id = ${blockOfKeySql('m.id')}
  ORDER BY m.id DESC LIMIT 1)`

/** SQL: the time of the oldest stored change that concerns `s` and is newer than the event key `after`. */
export const firstChangeAfterSql = (s: string, after: string): string => `(
  SELECT min(m.timestamp) FROM (
    (SELECT ${COLUMNS} FROM metadata_change m WHERE m.asset_id = ${s}.id AND m.id > ${after} ORDER BY m.id LIMIT 1)
    UNION ALL
    (SELECT ${COLUMNS} FROM metadata_change m WHERE ${s}.token_id IS NULL AND m.collection_id = ${s}.collection_id AND m.scope = 'contract'
       AND m.id > ${after} ORDER BY m.id LIMIT 1)
    UNION ALL
    (SELECT ${COLUMNS} FROM metadata_change m WHERE m.collection_id = ${s}.collection_id AND m.scope = 'range' AND m.id > ${after}
       AND ${s}.token_id >= m.from_token_id AND (m.to_token_id IS NULL OR ${s}.token_id <= m.to_token_id)
     ORDER BY m.id LIMIT 1)
  ) m)`
