module.exports = class RoyaltyTerms1796000001000 {
  name = 'RoyaltyTerms1796000001000'

  async up(db) {
    await db.query("CREATE TABLE \"royalty_terms_change\" (\"id\" character varying NOT NULL, \"chain_id\" numeric NOT NULL, \"block_number\" integer NOT NULL, \"log_index\" integer NOT NULL, \"timestamp\" TIMESTAMP WITH TIME ZONE NOT NULL, \"transaction_hash\" text NOT NULL, \"emitter\" text NOT NULL, \"standard\" text NOT NULL, \"authority\" character varying(10) NOT NULL, \"collection_id\" text NOT NULL, \"asset_id\" text, \"share_count\" integer NOT NULL, \"moved_to\" text, CONSTRAINT \"PK_eb47b260009415e3ad47dda06ea\" PRIMARY KEY (\"id\"))")
    await db.query("CREATE INDEX \"IDX_025121eac5a45957caaaae4ae5\" ON \"royalty_terms_change\" (\"asset_id\", \"id\") ")
    await db.query("CREATE INDEX \"IDX_6b7968c92d37d54122e1cfac63\" ON \"royalty_terms_change\" (\"collection_id\", \"id\") ")
    await db.query("CREATE TABLE \"royalty_terms_share\" (\"id\" character varying NOT NULL, \"chain_id\" numeric NOT NULL, \"terms_id\" text NOT NULL, \"recipient\" text NOT NULL, \"parts\" numeric NOT NULL, \"role\" character varying(15), CONSTRAINT \"PK_6820d6569b01b8d67ff292f51b5\" PRIMARY KEY (\"id\"))")
    await db.query("CREATE INDEX \"IDX_6049d3e71fc5757cc6fe9e1fd7\" ON \"royalty_terms_share\" (\"terms_id\") ")
    await db.query("CREATE INDEX \"IDX_a449146adeba73800f580ede9a\" ON \"royalty_terms_share\" (\"recipient\", \"terms_id\") ")
    await db.query("ALTER TABLE \"royalty_payment\" ADD \"role\" character varying(15)")
    await db.query("ALTER TABLE \"sale_payment\" ADD \"role\" character varying(15)")
  }

  async down(db) {
    await db.query("ALTER TABLE \"sale_payment\" DROP COLUMN \"role\"")
    await db.query("ALTER TABLE \"royalty_payment\" DROP COLUMN \"role\"")
    await db.query("DROP INDEX \"public\".\"IDX_a449146adeba73800f580ede9a\"")
    await db.query("DROP INDEX \"public\".\"IDX_6049d3e71fc5757cc6fe9e1fd7\"")
    await db.query("DROP TABLE \"royalty_terms_share\"")
    await db.query("DROP INDEX \"public\".\"IDX_6b7968c92d37d54122e1cfac63\"")
    await db.query("DROP INDEX \"public\".\"IDX_025121eac5a45957caaaae4ae5\"")
    await db.query("DROP TABLE \"royalty_terms_change\"")
  }
}
