// What each processor tells of its own way: written by it beside its transactions, read by status. No fact, and no part of a replay.
module.exports = class ChainProgress1795900002000 {
  name = 'ChainProgress1795900002000'

  async up(db) {
    await db.query(`CREATE TABLE chain_progress (
      chain_id bigint PRIMARY KEY,
      first_block integer NOT NULL,
      end_block integer,
      head_block integer,
      head_seen_at timestamptz,
      finality text NOT NULL,
      events_per_second double precision,
      blocks_per_second double precision,
      noted_at timestamptz NOT NULL DEFAULT now()
    )`)
  }

  async down(db) {
    await db.query('DROP TABLE chain_progress')
  }
}
