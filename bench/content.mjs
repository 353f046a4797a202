// Whether two indexes hold the same: what the plain squid's five tables say, read from its tables and from ours as the same words.

const utc = (column) => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS')`
const place = `block || ' ' || ${utc('timestamp')} || ' ' || tx_hash`
const NOBODY = `'0x0000000000000000000000000000000000000000'`
const strip = (column) => `substr(${column}, strpos(${column}, '-') + 1)`

export const PLAIN = {
  asset: `SELECT id || ' ' || owner || ' ' || transfer_count || ' ' || minted_block || ' ' || updated_block AS line FROM asset`,
  transfer: `SELECT asset_id || ' ' || "from" || ' ' || "to" || ' ' || log_index || ' ' || ${place} AS line FROM transfer`,
  metadataUpdate: `SELECT collection || ' ' || from_token_id || ' ' || to_token_id || ' ' || log_index || ' ' || ${place} AS line FROM metadata_update`,
  license: `SELECT license_id || ' ' || asset_id || ' ' || licensee || ' ' || starts_at || ' ' || ends_at || ' ' || terms_hash || ' ' || uri || ' ' || ${place} AS line FROM license`,
  royalty: `SELECT asset_id || ' ' || recipient || ' ' || currency || ' ' || payer || ' ' || amount || ' ' || sale_id || ' ' || ${place} AS line FROM royalty_payment`,
}

// A range without an end: 2^256-1 in the log.
const OPEN_END = 2n ** 256n - 1n
const ourPlace = `block_number || ' ' || ${utc('timestamp')} || ' ' || transaction_hash`
// Of an event key, chain-block-log-sub at fixed width, the block.
const blockOf = (key) => `substr(${key}, 18, 10)::int`

export const OURS = {
  asset: `SELECT ${strip('id')} || ' ' || coalesce(owner, ${NOBODY}) || ' ' || transfer_count || ' ' || ${blockOf('mint_id')} || ' ' || ${blockOf('last_transfer_id')} AS line FROM asset`,
  transfer: `SELECT ${strip('asset_id')} || ' ' || "from" || ' ' || "to" || ' ' || log_index || ' ' || ${ourPlace} AS line FROM transfer`,
  metadataUpdate: `SELECT ${strip('collection_id')} || ' ' || from_token_id || ' ' || coalesce(to_token_id, ${OPEN_END}) || ' ' || log_index || ' ' || ${ourPlace} AS line FROM metadata_change`,
  license: `SELECT l.license_id || ' ' || ${strip('l.asset_id')} || ' ' || l.licensee || ' ' || l.start_time || ' ' || coalesce(l.expiry, 0) || ' ' || l.terms_hash || ' ' || l.terms_uri || ' ' || ${blockOf('l.grant_id')} || ' ' || ${utc('l.granted_at')} || ' ' || e.transaction_hash AS line FROM license l JOIN license_event e ON e.id = l.grant_id`,
  royalty: `SELECT ${strip('asset_id')} || ' ' || recipient || ' ' || currency || ' ' || payer || ' ' || amount || ' ' || sale_ref || ' ' || ${ourPlace} AS line FROM royalty_payment`,
}

/** Count and order-free checksum of each table. */
export async function readContent(database, name, statements) {
  const content = {}
  for (const [table, sql] of Object.entries(statements)) {
    const [row] = await database.query(
      name,
      `SELECT count(*)::int AS count, sum(hashtextextended(line, 0)::numeric)::text AS checksum FROM (${sql}) AS lines`,
    )
    content[table] = row
  }
  return content
}

/** @throws Error when an index misses something of the chain, or holds other words than the first one that was compared */
export async function compareContent(database, name, statements, {chain, first}) {
  const content = await readContent(database, name, statements)
  for (const [table, {count}] of Object.entries(content))
    if (count !== chain.info.truth[table]) throw new Error(`${name}: ${count} rows of ${table}, the chain has ${chain.info.truth[table]}`)
  for (const [table, {checksum}] of Object.entries(first ?? {}))
    if (content[table].checksum !== checksum) throw new Error(`${name}: ${table} says something else than the index before`)
  return content
}
