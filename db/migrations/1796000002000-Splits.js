module.exports = class Splits1796000002000 {
  name = 'Splits1796000002000'

  async up(db) {
    await db.query("CREATE TABLE \"split_change\" (\"id\" character varying NOT NULL, \"chain_id\" numeric NOT NULL, \"block_number\" integer NOT NULL, \"log_index\" integer NOT NULL, \"timestamp\" TIMESTAMP WITH TIME ZONE NOT NULL, \"transaction_hash\" text NOT NULL, \"emitter\" text NOT NULL, \"standard\" text NOT NULL, \"authority\" character varying(10) NOT NULL, \"split\" text NOT NULL, \"kind\" character varying(7) NOT NULL, \"source\" text NOT NULL, \"share_count\" integer NOT NULL, \"total_allocation\" numeric NOT NULL, \"distributor_fee\" integer NOT NULL, \"controller\" text, CONSTRAINT \"PK_baa4366dbde795cbce0134f0c3f\" PRIMARY KEY (\"id\"))")
    await db.query("CREATE INDEX \"IDX_8de699cb2e67ba4f9e6683d7f6\" ON \"split_change\" (\"split\", \"id\") ")
    await db.query("CREATE TABLE \"split_share\" (\"id\" character varying NOT NULL, \"chain_id\" numeric NOT NULL, \"change_id\" text NOT NULL, \"recipient\" text NOT NULL, \"allocation\" numeric NOT NULL, \"role\" character varying(15), CONSTRAINT \"PK_ec38ba72d62a2c33e173655fb65\" PRIMARY KEY (\"id\"))")
    await db.query("CREATE INDEX \"IDX_bd6c31fac1238865654be9c494\" ON \"split_share\" (\"change_id\") ")
    await db.query("CREATE INDEX \"IDX_93dfc1238e273fe12359b6de11\" ON \"split_share\" (\"recipient\", \"change_id\") ")
    await db.query("CREATE TABLE \"split_distribution\" (\"id\" character varying NOT NULL, \"chain_id\" numeric NOT NULL, \"block_number\" integer NOT NULL, \"log_index\" integer NOT NULL, \"timestamp\" TIMESTAMP WITH TIME ZONE NOT NULL, \"transaction_hash\" text NOT NULL, \"emitter\" text NOT NULL, \"standard\" text NOT NULL, \"authority\" character varying(10) NOT NULL, \"split\" text NOT NULL, \"currency\" text NOT NULL, \"amount\" numeric NOT NULL, \"distributor\" text NOT NULL, CONSTRAINT \"PK_d9c4050fbeec1ea8cbed46bca62\" PRIMARY KEY (\"id\"))")
    await db.query("CREATE INDEX \"IDX_7a1d24c0ac5189bc23ab9c55f4\" ON \"split_distribution\" (\"split\", \"id\") ")
  }

  async down(db) {
    await db.query("DROP INDEX \"public\".\"IDX_7a1d24c0ac5189bc23ab9c55f4\"")
    await db.query("DROP TABLE \"split_distribution\"")
    await db.query("DROP INDEX \"public\".\"IDX_93dfc1238e273fe12359b6de11\"")
    await db.query("DROP INDEX \"public\".\"IDX_bd6c31fac1238865654be9c494\"")
    await db.query("DROP TABLE \"split_share\"")
    await db.query("DROP INDEX \"public\".\"IDX_8de699cb2e67ba4f9e6683d7f6\"")
    await db.query("DROP TABLE \"split_change\"")
  }
}
