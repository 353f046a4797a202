// Indexes that wait for the end of a backfill (docs/decisions/deferred-indexes.md). Empty once the first chain has reached its head.
module.exports = class DeferredIndex1795480000000 {
  name = 'DeferredIndex1795480000000'

  async up(db) {
    await db.query(`CREATE TABLE deferred_index (name text PRIMARY KEY, definition text NOT NULL)`)
  }

  async down(db) {
    await db.query(`DROP TABLE deferred_index`)
  }
}
