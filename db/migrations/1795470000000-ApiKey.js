// Keys of clients of the API. Written by the CLI alone; no foreign key into the processor's tables (INV-5).
module.exports = class ApiKey1795470000000 {
  name = 'ApiKey1795470000000'

  async up(db) {
    await db.query(`CREATE TABLE api_key (
      id text PRIMARY KEY,
      name text NOT NULL,
      secret_hash bytea NOT NULL,
      scopes text[] NOT NULL,
      created_at timestamptz NOT NULL DEFAULT now(),
      expires_at timestamptz,
      revoked_at timestamptz
    )`)
  }

  async down(db) {
    await db.query(`DROP TABLE api_key`)
  }
}
