// The metadata worker's own table (INV-5): what contracts say about themselves by call. No foreign key into the processor's tables.
module.exports = class CollectionProfile1795455032000 {
  name = 'CollectionProfile1795455032000'

  async up(db) {
    await db.query(`CREATE TABLE collection_profile (
      collection_id text PRIMARY KEY,
      address text NOT NULL,
      name text,
      symbol text,
      name_failure text,
      standard text,
      block_number integer,
      block_hash text,
      observed_at timestamptz,
      attempts integer NOT NULL DEFAULT 0,
      next_attempt_at timestamptz NOT NULL DEFAULT now()
    )`)
    await db.query(`CREATE INDEX collection_profile_due ON collection_profile (next_attempt_at)`)
  }

  async down(db) {
    await db.query(`DROP TABLE collection_profile`)
  }
}
