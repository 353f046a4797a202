// Requests to read metadata anew: written by the API, served by the metadata worker. No foreign key into the processor's tables (INV-5).
module.exports = class MetadataRefresh1795491000000 {
  name = 'MetadataRefresh1795491000000'

  async up(db) {
    // Of assets (assets), or of a collection's tokens from one id to another. next_token null: all of them are queued.
    await db.query(`CREATE TABLE metadata_request (
      id text PRIMARY KEY,
      client text NOT NULL,
      idempotency_key text,
      digest bytea NOT NULL,
      chain_id bigint NOT NULL,
      collection_id text,
      assets text[],
      from_token numeric,
      to_token numeric,
      next_token numeric,
      tokens bigint NOT NULL,
      created_at timestamptz NOT NULL DEFAULT now(),
      due_at timestamptz NOT NULL DEFAULT now(),
      completed_at timestamptz,
      read_count bigint,
      failed_count bigint
    )`)
    await db.query(`CREATE UNIQUE INDEX metadata_request_once ON metadata_request (client, idempotency_key) WHERE idempotency_key IS NOT NULL`)
    await db.query(`CREATE INDEX metadata_request_open ON metadata_request (due_at) WHERE completed_at IS NULL`)
    await db.query(`CREATE INDEX metadata_request_done ON metadata_request (completed_at)`)
  }

  async down(db) {
    await db.query(`DROP TABLE metadata_request`)
  }
}
