// What workers tell is on the feed too, and so is what a chain took back of what it had called final.
module.exports = class WorkerEvent1795485000000 {
  name = 'WorkerEvent1795485000000'

  async up(db) {
    // An outbox: workers insert in their own transactions, the sequencer takes each row away in the transaction that numbers it.
    await db.query(`CREATE TABLE worker_event (
      id bigserial PRIMARY KEY,
      kind text NOT NULL,
      chain_id bigint,
      collection_id text,
      asset_id text,
      payload jsonb NOT NULL,
      created_at timestamptz NOT NULL DEFAULT now()
    )`)
    // A worker's event has no block, perhaps no chain, and no row elsewhere: payload is all of it.
    await db.query(`ALTER TABLE feed_change ALTER chain_id DROP NOT NULL, ALTER block_number DROP NOT NULL, ALTER block_hash DROP NOT NULL,
      ADD payload jsonb, ADD was_final boolean NOT NULL DEFAULT false`)
    await db.query(`CREATE UNIQUE INDEX feed_change_retracts ON feed_change (retracts) WHERE retracts IS NOT NULL`)
    await db.query(`ALTER TABLE feed_hot ADD was_final boolean NOT NULL DEFAULT false`)
    // The highest block with events that is told for good: were it another one now, the chain has taken back final blocks.
    await db.query(`ALTER TABLE feed_chain ADD block_number integer, ADD block_hash text`)
  }

  async down(db) {
    await db.query(`ALTER TABLE feed_chain DROP block_number, DROP block_hash`)
    await db.query(`ALTER TABLE feed_hot DROP was_final`)
    await db.query(`DROP INDEX feed_change_retracts`)
    await db.query(`DELETE FROM feed_change WHERE block_hash IS NULL`)
    await db.query(`ALTER TABLE feed_change DROP payload, DROP was_final,
      ALTER chain_id SET NOT NULL, ALTER block_number SET NOT NULL, ALTER block_hash SET NOT NULL`)
    await db.query(`DROP TABLE worker_event`)
  }
}
