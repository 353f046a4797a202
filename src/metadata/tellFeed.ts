/** What the metadata worker tells on the feed: the one place that knows how. Kinds as consumers filter by them. */
export const METADATA_VERSION = 'MetadataVersion'
export const METADATA_REFRESH = 'MetadataRefresh'

/** SQL: an entry for the feed, part of the statement that stores what it tells; its payload names its kind too. `from`: rows with the values named. */
export const tellSql = (kind: typeof METADATA_VERSION | typeof METADATA_REFRESH, from: string): string =>
  `INSERT INTO worker_event (kind, chain_id, collection_id, asset_id, payload)
   SELECT '${kind}', chain_id, collection_id, asset_id, payload || '{"type": "${kind}"}' FROM ${from}`
