module.exports = class RoyaltyDue1797000001001 {
  name = 'RoyaltyDue1797000001001'

  async up(db) {
    await db.query("CREATE TABLE \"royalty_due\" (\"id\" character varying NOT NULL, \"chain_id\" numeric NOT NULL, \"sale_id\" text NOT NULL, \"asset_id\" text NOT NULL, \"basis\" numeric NOT NULL, \"recipient\" text, \"amount\" numeric, \"parent_recipient\" text, \"parent_amount\" numeric, \"source\" text NOT NULL, CONSTRAINT \"PK_fc0929263c6087ee5bdd0fecc5a\" PRIMARY KEY (\"id\"))")
    await db.query("CREATE INDEX \"IDX_ffd06ba95ba1c982402097a8f8\" ON \"royalty_due\" (\"sale_id\") ")
  }

  async down(db) {
    await db.query("DROP INDEX \"public\".\"IDX_ffd06ba95ba1c982402097a8f8\"")
    await db.query("DROP TABLE \"royalty_due\"")
  }
}
