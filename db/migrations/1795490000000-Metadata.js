// The metadata worker's own tables (INV-5): the queue of documents to be read, and every document that was (docs/decisions/metadata-queue.md).
// No foreign key into the processor's tables.
module.exports = class Metadata1795490000000 {
  name = 'Metadata1795490000000'

  async up(db) {
    // Tokens and contracts that there was a reason to read, with what came of it. id: that of the asset, or of the collection for the contract's
    // own document (token_id null). priority null: nothing to do. lease: number of the last one; a result counts only under its own.
    await db.query(`CREATE TABLE metadata_subject (
      id text PRIMARY KEY,
      chain_id bigint NOT NULL,
      collection_id text NOT NULL,
      token_id numeric,
      priority smallint,
      due_at timestamptz,
      queued_at timestamptz NOT NULL DEFAULT now(),
      lease integer NOT NULL DEFAULT 0,
      leased_at timestamptz,
      leased_until timestamptz,
      noticed text,
      failures integer NOT NULL DEFAULT 0,
      tried_at timestamptz,
      failure_kind text,
      failure_reason text,
      attempts jsonb NOT NULL DEFAULT '[]',
      read_at timestamptz,
      read_block integer,
      read_hash text,
      event_id text,
      event_hash text,
      version_id bigint,
      verdict text,
      mint_uri text,
      mint_uri_hash bytea,
      mint_failure text
    )`)
    await db.query(`CREATE INDEX metadata_subject_queue ON metadata_subject (chain_id, priority, due_at) WHERE priority IS NOT NULL`)
    await db.query(`CREATE INDEX metadata_subject_collection ON metadata_subject (collection_id, token_id)`)
    await db.query(`CREATE INDEX metadata_subject_event ON metadata_subject (event_id) WHERE event_id IS NOT NULL`)
    // Content by its SHA-256. bytes null: too long to be kept, and no JSON.
    await db.query(`CREATE TABLE metadata_document (
      hash bytea PRIMARY KEY,
      byte_length integer NOT NULL,
      media_type text NOT NULL,
      bytes bytea,
      failure text,
      failure_detail text,
      notes text[] NOT NULL,
      view jsonb,
      seen_at timestamptz NOT NULL DEFAULT now()
    )`)
    // What a subject's URI led to, from one reading to another. at_mint: read for the block of the mint, not for the head.
    await db.query(`CREATE TABLE metadata_version (
      id bigserial PRIMARY KEY,
      subject_id text NOT NULL,
      document_hash bytea NOT NULL,
      uri text NOT NULL,
      uri_hash bytea NOT NULL,
      fills_id boolean NOT NULL,
      at_mint boolean NOT NULL,
      verdict text NOT NULL,
      verdict_reason text NOT NULL,
      gateway text,
      event_id text,
      block_number integer NOT NULL,
      block_hash text NOT NULL,
      observed_at timestamptz NOT NULL DEFAULT now(),
      last_block_number integer NOT NULL,
      last_observed_at timestamptz NOT NULL DEFAULT now()
    )`)
    await db.query(`CREATE INDEX metadata_version_subject ON metadata_version (subject_id, id)`)
    await db.query(`CREATE INDEX metadata_version_document ON metadata_version (document_hash)`)
    // One walk over a collection's tokens at most, whatever the number of events: from_token and to_token (null: open) enclose all of them.
    await db.query(`CREATE TABLE metadata_collection (
      collection_id text PRIMARY KEY,
      chain_id bigint NOT NULL,
      from_token numeric NOT NULL DEFAULT 0,
      to_token numeric,
      next_token numeric NOT NULL DEFAULT 0,
      walking boolean NOT NULL DEFAULT true,
      again boolean NOT NULL DEFAULT false,
      sweep_at timestamptz NOT NULL DEFAULT now(),
      swept_at timestamptz,
      asset_count numeric NOT NULL DEFAULT 0,
      noticed text
    )`)
    await db.query(`CREATE INDEX metadata_collection_due ON metadata_collection (chain_id, sweep_at)`)
    // Below next_key every metadata change is final and noticed.
    await db.query(`CREATE TABLE metadata_chain (chain_id bigint PRIMARY KEY, next_key text NOT NULL)`)
  }

  async down(db) {
    for (const table of ['metadata_chain', 'metadata_collection', 'metadata_version', 'metadata_document', 'metadata_subject'])
      await db.query(`DROP TABLE ${table}`)
  }
}
