// The feed worker's own tables (INV-5): a journal of the facts in one order, written by one sequencer (docs/decisions/feed.md).
// No foreign key into the processor's tables.
module.exports = class Feed1795481000000 {
  name = 'Feed1795481000000'

  async up(db) {
    // One row. feed_id tells this journal from one that was begun anew: cursors hold it.
    await db.query(`CREATE TABLE feed_state (
      id integer PRIMARY KEY CHECK (id = 0),
      feed_id text NOT NULL,
      last_position bigint NOT NULL
    )`)
    await db.query(`INSERT INTO feed_state VALUES (0, substr(md5(random()::text || clock_timestamp()::text), 1, 12), 0)`)
    // What is below next_key is journaled for good.
    await db.query(`CREATE TABLE feed_chain (chain_id bigint PRIMARY KEY, next_key text NOT NULL)`)
    // retracts: the position of the entry that a fork took back; null for an event.
    await db.query(`CREATE TABLE feed_change (
      position bigint PRIMARY KEY,
      chain_id bigint NOT NULL,
      kind text NOT NULL,
      event_id text NOT NULL,
      block_number integer NOT NULL,
      block_hash text NOT NULL,
      collections text[] NOT NULL,
      assets text[] NOT NULL,
      retracts bigint
    )`)
    // Entries that a fork can still take back.
    await db.query(`CREATE TABLE feed_hot (
      event_id text NOT NULL,
      kind text NOT NULL,
      chain_id bigint NOT NULL,
      block_number integer NOT NULL,
      block_hash text NOT NULL,
      position bigint NOT NULL,
      PRIMARY KEY (event_id, kind)
    )`)
  }

  async down(db) {
    for (const table of ['feed_hot', 'feed_change', 'feed_chain', 'feed_state']) await db.query(`DROP TABLE ${table}`)
  }
}
