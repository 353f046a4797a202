module.exports = class OwnedThen1797100000001 {
  name = 'OwnedThen1797100000001'

  async up(db) {
    // The migration before wrote all rows anew as they came: pages of transfers would read about as many pages as rows. In a transaction of its
    // own, which leaves out what was there before.
    await db.query('CLUSTER transfer USING "PK_fd9ddbdd49a17afcbe014401295"')
    await db.query('ALTER TABLE transfer SET WITHOUT CLUSTER')
    await db.query('DROP INDEX "IDX_a977f4bee0532d6ff83321e66d"')
    // Most accounts own little and some very much, and one plan has to suit all: not the one that reads all of the second index for each row.
    await db.query('ALTER TABLE transfer ALTER owner SET (n_distinct = -0.005), ALTER previous_owner SET (n_distinct = -0.005)')
    // What an account owned at a block, in the order of the assets, from the index alone: what it came to own, and what it owned no longer.
    await db.query('CREATE INDEX transfer_owner ON transfer (owner, asset_id, id) INCLUDE (chain_id, ordinal) WHERE owner IS NOT NULL')
    await db.query('CREATE INDEX transfer_previous_owner ON transfer (previous_owner, asset_id, id) WHERE previous_owner IS NOT NULL')
    // Before the server looks at the table by itself.
    await db.query('ANALYZE transfer')
  }

  async down(db) {
    await db.query('DROP INDEX transfer_previous_owner')
    await db.query('DROP INDEX transfer_owner')
    await db.query('ALTER TABLE transfer ALTER owner RESET (n_distinct), ALTER previous_owner RESET (n_distinct)')
    await db.query('CREATE INDEX "IDX_a977f4bee0532d6ff83321e66d" ON "transfer" ("to", "asset_id", "id") ')
  }
}
