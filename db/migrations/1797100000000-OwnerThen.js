const ZERO = `'0x0000000000000000000000000000000000000000'`

module.exports = class OwnerThen1797100000000 {
  name = 'OwnerThen1797100000000'

  async up(db) {
    await db.query('ALTER TABLE transfer ADD ordinal integer, ADD previous_owner text, ADD owner text')
    // As the ownership projection folds: the first transfer of an id fixes its standard, and those of the other kind change no owner.
    await db.query(`WITH first AS (
        SELECT DISTINCT ON (asset_id) asset_id, operator IS NOT NULL AS is_1155 FROM transfer ORDER BY asset_id, id
      ), told AS (
        SELECT t.id, t.asset_id, t."to", row_number() OVER own AS ordinal, NOT is_1155 AND operator IS NULL AS moves,
          count(*) FILTER (WHERE NOT is_1155 AND operator IS NULL) OVER own AS moved
        FROM transfer t JOIN first USING (asset_id) WINDOW own AS (PARTITION BY t.asset_id ORDER BY t.id)
      ), owned AS (
        SELECT id, asset_id, ordinal, NULLIF(first_value(CASE WHEN moves THEN "to" END) OVER (PARTITION BY asset_id, moved ORDER BY id), ${ZERO}) AS owner
        FROM told
      ), known AS (SELECT *, lag(owner) OVER (PARTITION BY asset_id ORDER BY id) AS previous FROM owned)
      UPDATE transfer t SET ordinal = k.ordinal, previous_owner = k.previous, owner = k.owner FROM known k WHERE k.id = t.id`)
    await db.query('ALTER TABLE transfer ALTER ordinal SET NOT NULL')
    // The update wrote rows anew as they came: pages of transfers would read about as many pages as rows.
    await db.query('CLUSTER transfer USING "PK_fd9ddbdd49a17afcbe014401295"')
    await db.query('ALTER TABLE transfer SET WITHOUT CLUSTER')
    await db.query('DROP INDEX "IDX_a977f4bee0532d6ff83321e66d"')
    // Most accounts own little and some very much, and one plan has to suit all: not the one that reads all of the second index for each row.
    await db.query('ALTER TABLE transfer ALTER owner SET (n_distinct = -0.005), ALTER previous_owner SET (n_distinct = -0.005)')
    // What an account owned at a block, in the order of the assets, from the index alone: what it came to own, and what it owned no longer.
    await db.query('CREATE INDEX transfer_owner ON transfer (owner, asset_id, id) INCLUDE (chain_id, ordinal) WHERE owner IS NOT NULL')
    await db.query('CREATE INDEX transfer_previous_owner ON transfer (previous_owner, asset_id, id) WHERE previous_owner IS NOT NULL')
  }

  async down(db) {
    await db.query('DROP INDEX transfer_previous_owner')
    await db.query('DROP INDEX transfer_owner')
    await db.query('CREATE INDEX "IDX_a977f4bee0532d6ff83321e66d" ON "transfer" ("to", "asset_id", "id") ')
    await db.query('ALTER TABLE transfer DROP COLUMN owner, DROP COLUMN previous_owner, DROP COLUMN ordinal')
  }
}
