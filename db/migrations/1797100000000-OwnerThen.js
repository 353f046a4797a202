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
  }

  async down(db) {
    await db.query('ALTER TABLE transfer DROP COLUMN owner, DROP COLUMN previous_owner, DROP COLUMN ordinal')
  }
}
