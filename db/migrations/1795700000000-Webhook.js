// Webhooks: written by the API (for keys with the scope) and the feed worker; no foreign key into the processor's tables (INV-5).
module.exports = class Webhook1795700000000 {
  name = 'Webhook1795700000000'

  async up(db) {
    // owner: the API key that made it; null: the operator's configuration. leased_until, lease: the worker that delivers at present.
    await db.query(`CREATE TABLE webhook (
      id text PRIMARY KEY,
      owner text,
      name text NOT NULL,
      url text NOT NULL,
      secret bytea NOT NULL,
      previous_secret bytea,
      previous_until timestamptz,
      kinds text[],
      collections text[],
      assets text[],
      include_unverified boolean NOT NULL DEFAULT false,
      finality text NOT NULL,
      state text NOT NULL DEFAULT 'active',
      reason text,
      start_position bigint NOT NULL,
      attempts integer NOT NULL DEFAULT 0,
      dead_in_row integer NOT NULL DEFAULT 0,
      next_attempt_at timestamptz NOT NULL DEFAULT now(),
      leased_until timestamptz,
      lease text,
      created_at timestamptz NOT NULL DEFAULT now()
    )`)
    // Up to where entries have become messages: one lane for all (-1), or, where only what is final is told, one for each chain (0: no block).
    await db.query(`CREATE TABLE webhook_lane (
      webhook_id text NOT NULL REFERENCES webhook ON DELETE CASCADE,
      chain_id bigint NOT NULL,
      position bigint NOT NULL,
      PRIMARY KEY (webhook_id, chain_id)
    )`)
    // body: what is sent, the same in every attempt; null once it is delivered.
    await db.query(`CREATE TABLE webhook_message (
      id bigserial PRIMARY KEY,
      webhook_id text NOT NULL REFERENCES webhook ON DELETE CASCADE,
      first_position bigint,
      last_position bigint,
      body text,
      state text NOT NULL DEFAULT 'pending',
      attempts integer NOT NULL DEFAULT 0,
      last_status integer,
      last_error text,
      created_at timestamptz NOT NULL DEFAULT now(),
      done_at timestamptz
    )`)
    await db.query(`CREATE INDEX webhook_message_pending ON webhook_message (webhook_id, id) WHERE state = 'pending'`)
    await db.query(`CREATE INDEX webhook_message_of ON webhook_message (webhook_id, id)`)
    await db.query(`CREATE INDEX webhook_message_done ON webhook_message (done_at) WHERE done_at IS NOT NULL`)
  }

  async down(db) {
    for (const table of ['webhook_message', 'webhook_lane', 'webhook']) await db.query(`DROP TABLE ${table}`)
  }
}
