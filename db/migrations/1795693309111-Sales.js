module.exports = class Sales1795693309111 {
  name = 'Sales1795693309111'

  async up(db) {
    await db.query("CREATE TABLE \"sale\" (\"id\" character varying NOT NULL, \"chain_id\" numeric NOT NULL, \"block_number\" integer NOT NULL, \"log_index\" integer NOT NULL, \"timestamp\" TIMESTAMP WITH TIME ZONE NOT NULL, \"transaction_hash\" text NOT NULL, \"transaction_from\" text, \"emitter\" text NOT NULL, \"standard\" text NOT NULL, \"authority\" character varying(10) NOT NULL, \"kind\" character varying(7) NOT NULL, \"seller\" text NOT NULL, \"buyer\" text NOT NULL, \"price\" numeric, \"currency\" text, \"item_count\" integer NOT NULL, \"parts_known\" boolean NOT NULL, \"order_ref\" text, CONSTRAINT \"PK_d03891c457cbcd22974732b5de2\" PRIMARY KEY (\"id\"))")
    await db.query("CREATE INDEX \"IDX_696946de756b06656ef74192c1\" ON \"sale\" (\"order_ref\") ")
    await db.query("CREATE INDEX \"IDX_a776aac30fb6c83e6573e76105\" ON \"sale\" (\"timestamp\", \"id\") ")
    await db.query("CREATE INDEX \"IDX_2296c3d55ec8891ef2be15d341\" ON \"sale\" (\"buyer\", \"id\") ")
    await db.query("CREATE INDEX \"IDX_49e92cf78d9f1fe5a0a54a62b2\" ON \"sale\" (\"seller\", \"id\") ")
    await db.query("CREATE TABLE \"sale_item\" (\"id\" character varying NOT NULL, \"chain_id\" numeric NOT NULL, \"sale_id\" text NOT NULL, \"collection_id\" text NOT NULL, \"asset_id\" text NOT NULL, \"token_id\" numeric NOT NULL, \"amount\" numeric NOT NULL, \"from\" text NOT NULL, \"to\" text NOT NULL, CONSTRAINT \"PK_439a57a4a0d130329d3d2e671b6\" PRIMARY KEY (\"id\"))")
    await db.query("CREATE INDEX \"IDX_86634f729a5a169e50ab18b98a\" ON \"sale_item\" (\"sale_id\") ")
    await db.query("CREATE INDEX \"IDX_1c9856d86ba542b326f6b5c7f8\" ON \"sale_item\" (\"collection_id\", \"sale_id\") ")
    await db.query("CREATE INDEX \"IDX_804ba23068028077cbc4335829\" ON \"sale_item\" (\"asset_id\", \"sale_id\") ")
    await db.query("CREATE TABLE \"sale_payment\" (\"id\" character varying NOT NULL, \"chain_id\" numeric NOT NULL, \"sale_id\" text NOT NULL, \"recipient\" text NOT NULL, \"currency\" text NOT NULL, \"amount\" numeric NOT NULL, \"part\" character varying(12) NOT NULL, \"evidence\" character varying(8), CONSTRAINT \"PK_48400b2daf24fa1050175a2221c\" PRIMARY KEY (\"id\"))")
    await db.query("CREATE INDEX \"IDX_e6064f0e7a5404cca890a994c3\" ON \"sale_payment\" (\"sale_id\") ")
    await db.query("CREATE INDEX \"IDX_ca54fe989e622de57f2f0d6b32\" ON \"sale_payment\" (\"recipient\", \"sale_id\") ")
    await db.query("CREATE TABLE \"sale_order\" (\"id\" character varying NOT NULL, \"chain_id\" numeric NOT NULL, \"sale_id\" text NOT NULL, \"order_ref\" text NOT NULL, \"maker\" text NOT NULL, \"order_log_index\" integer NOT NULL, CONSTRAINT \"PK_6f16972488e48db5935eae6011f\" PRIMARY KEY (\"id\"))")
    await db.query("CREATE INDEX \"IDX_660bdb970ac116fd1478f4e863\" ON \"sale_order\" (\"sale_id\") ")
    await db.query("CREATE INDEX \"IDX_bcf4d06e17b523605e951c8aee\" ON \"sale_order\" (\"order_ref\") ")
    await db.query("ALTER TABLE \"royalty_payment\" ADD \"sale_id\" text")
    await db.query("ALTER TABLE \"royalty_payment\" ADD \"is_estimate\" boolean NOT NULL DEFAULT false")
    await db.query("ALTER TABLE \"royalty_payment\" ALTER COLUMN \"is_estimate\" DROP DEFAULT")
  }

  async down(db) {
    await db.query("ALTER TABLE \"royalty_payment\" DROP COLUMN \"is_estimate\"")
    await db.query("ALTER TABLE \"royalty_payment\" DROP COLUMN \"sale_id\"")
    await db.query("DROP INDEX \"public\".\"IDX_bcf4d06e17b523605e951c8aee\"")
    await db.query("DROP INDEX \"public\".\"IDX_660bdb970ac116fd1478f4e863\"")
    await db.query("DROP TABLE \"sale_order\"")
    await db.query("DROP INDEX \"public\".\"IDX_ca54fe989e622de57f2f0d6b32\"")
    await db.query("DROP INDEX \"public\".\"IDX_e6064f0e7a5404cca890a994c3\"")
    await db.query("DROP TABLE \"sale_payment\"")
    await db.query("DROP INDEX \"public\".\"IDX_804ba23068028077cbc4335829\"")
    await db.query("DROP INDEX \"public\".\"IDX_1c9856d86ba542b326f6b5c7f8\"")
    await db.query("DROP INDEX \"public\".\"IDX_86634f729a5a169e50ab18b98a\"")
    await db.query("DROP TABLE \"sale_item\"")
    await db.query("DROP INDEX \"public\".\"IDX_49e92cf78d9f1fe5a0a54a62b2\"")
    await db.query("DROP INDEX \"public\".\"IDX_2296c3d55ec8891ef2be15d341\"")
    await db.query("DROP INDEX \"public\".\"IDX_a776aac30fb6c83e6573e76105\"")
    await db.query("DROP INDEX \"public\".\"IDX_696946de756b06656ef74192c1\"")
    await db.query("DROP TABLE \"sale\"")
  }
}
