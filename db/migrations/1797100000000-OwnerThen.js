const ZERO = `'0x0000000000000000000000000000000000000000'`

module.exports = class OwnerThen1797100000000 {
  name = 'OwnerThen1797100000000'

  async up(db) {
    await db.query('ALTER TABLE transfer ADD ordinal integer, ADD previous_owner text, ADD owner text')
    // As the ownership projection folds: the first transfer of an id fixes its standard, and those of the other kind change no owner. Which kind
    // one is of is told by whether it names an operator as the first does: own event shapes may leave out that of ERC-1155.
    await db.query(`WITH first AS (
        SELECT DISTINCT ON (t.asset_id) t.asset_id, a.standard = 'erc721' AS is_721, t.operator IS NULL AS names_none
        FROM transfer t JOIN asset a ON a.id = t.asset_id ORDER BY t.asset_id, t.id
      ), kinds AS (
        SELECT t.id, t.asset_id, t."to", is_721 AND (t.operator IS NULL) = names_none AS moves FROM transfer t JOIN first USING (asset_id)
      ), told AS (
        SELECT *, row_number() OVER own AS ordinal, count(*) FILTER (WHERE moves) OVER own AS moved
        FROM kinds WINDOW own AS (PARTITION BY asset_id ORDER BY id)
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
