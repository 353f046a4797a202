module.exports = class LinksAndFactories1795696640095 {
  name = 'LinksAndFactories1795696640095'

  async up(db) {
    await db.query("CREATE TABLE \"stake_allocation\" (\"id\" character varying NOT NULL, \"chain_id\" numeric NOT NULL, \"block_number\" integer NOT NULL, \"log_index\" integer NOT NULL, \"timestamp\" TIMESTAMP WITH TIME ZONE NOT NULL, \"transaction_hash\" text NOT NULL, \"emitter\" text NOT NULL, \"standard\" text NOT NULL, \"authority\" character varying(10) NOT NULL, \"collection_id\" text, \"asset_id\" text, \"token_id\" numeric, \"staker\" text NOT NULL, \"beneficiary\" text, \"currency\" text NOT NULL, \"amount\" numeric NOT NULL, \"purpose\" text, CONSTRAINT \"PK_879ae2f3ca5dfc0afe68cc26152\" PRIMARY KEY (\"id\"))")
    await db.query("CREATE INDEX \"IDX_444557d1412a9dab32b3369069\" ON \"stake_allocation\" (\"timestamp\", \"id\") ")
    await db.query("CREATE INDEX \"IDX_bb7e28d2d8a4650430c55b2a5d\" ON \"stake_allocation\" (\"staker\", \"id\") ")
    await db.query("CREATE INDEX \"IDX_9a3088c4df41f5b69802db2276\" ON \"stake_allocation\" (\"collection_id\", \"id\") ")
    await db.query("CREATE INDEX \"IDX_0f1289cd7bebae1c189193d95b\" ON \"stake_allocation\" (\"asset_id\", \"id\") ")
    await db.query("CREATE TABLE \"event_link\" (\"id\" character varying NOT NULL, \"chain_id\" numeric NOT NULL, \"block_number\" integer NOT NULL, \"log_index\" integer NOT NULL, \"timestamp\" TIMESTAMP WITH TIME ZONE NOT NULL, \"transaction_hash\" text NOT NULL, \"emitter\" text NOT NULL, \"standard\" text NOT NULL, \"authority\" character varying(10) NOT NULL, \"relation\" character varying(11) NOT NULL, \"effect_id\" text NOT NULL, \"effect_table\" text NOT NULL, \"cause_id\" text NOT NULL, \"cause_table\" text NOT NULL, CONSTRAINT \"PK_876946eee7cfae7d33d88610630\" PRIMARY KEY (\"id\"))")
    await db.query("CREATE INDEX \"IDX_e1927183549b576038988ca372\" ON \"event_link\" (\"cause_id\", \"id\") ")
    await db.query("CREATE INDEX \"IDX_f567768fe7fc4769f87f99af65\" ON \"event_link\" (\"effect_id\", \"id\") ")
    await db.query("CREATE TABLE \"contract_creation\" (\"id\" character varying NOT NULL, \"chain_id\" numeric NOT NULL, \"block_number\" integer NOT NULL, \"log_index\" integer NOT NULL, \"timestamp\" TIMESTAMP WITH TIME ZONE NOT NULL, \"transaction_hash\" text NOT NULL, \"emitter\" text NOT NULL, \"standard\" text NOT NULL, \"collection_id\" text NOT NULL, \"address\" text NOT NULL, CONSTRAINT \"PK_bcef7ed27149e41ae66e7d3e75b\" PRIMARY KEY (\"id\"))")
    await db.query("CREATE INDEX \"IDX_579981d4901df68ec4cd388d02\" ON \"contract_creation\" (\"emitter\", \"id\") ")
    await db.query("CREATE INDEX \"IDX_a87ad540f6f1a554a756bee50b\" ON \"contract_creation\" (\"collection_id\", \"id\") ")
    await db.query("CREATE TABLE \"factory_contract\" (\"id\" character varying NOT NULL, \"chain_id\" numeric NOT NULL, \"address\" text NOT NULL, \"factory\" text NOT NULL, \"created_in\" integer NOT NULL, \"creation_id\" text NOT NULL, CONSTRAINT \"PK_9a9317413944da6e53b1cadfcf7\" PRIMARY KEY (\"id\"))")
    await db.query("ALTER TABLE \"derivative\" ADD \"parent_content\" text")
    await db.query("DROP INDEX \"public\".\"IDX_b5206c449cbd2d3d0b5a3a2c6e\"")
    await db.query("ALTER TABLE \"derivative\" ALTER COLUMN \"parent_collection_id\" DROP NOT NULL")
    await db.query("ALTER TABLE \"derivative\" ALTER COLUMN \"parent_asset_id\" DROP NOT NULL")
    await db.query("ALTER TABLE \"derivative\" ALTER COLUMN \"parent_token_id\" DROP NOT NULL")
    await db.query("CREATE INDEX \"IDX_b5206c449cbd2d3d0b5a3a2c6e\" ON \"derivative\" (\"parent_asset_id\", \"id\") ")
  }

  async down(db) {
    await db.query("DROP INDEX \"public\".\"IDX_b5206c449cbd2d3d0b5a3a2c6e\"")
    await db.query("ALTER TABLE \"derivative\" ALTER COLUMN \"parent_token_id\" SET NOT NULL")
    await db.query("ALTER TABLE \"derivative\" ALTER COLUMN \"parent_asset_id\" SET NOT NULL")
    await db.query("ALTER TABLE \"derivative\" ALTER COLUMN \"parent_collection_id\" SET NOT NULL")
    await db.query("CREATE INDEX \"IDX_b5206c449cbd2d3d0b5a3a2c6e\" ON \"derivative\" (\"id\", \"parent_asset_id\") ")
    await db.query("ALTER TABLE \"derivative\" DROP COLUMN \"parent_content\"")
    await db.query("DROP TABLE \"factory_contract\"")
    await db.query("DROP INDEX \"public\".\"IDX_a87ad540f6f1a554a756bee50b\"")
    await db.query("DROP INDEX \"public\".\"IDX_579981d4901df68ec4cd388d02\"")
    await db.query("DROP TABLE \"contract_creation\"")
    await db.query("DROP INDEX \"public\".\"IDX_f567768fe7fc4769f87f99af65\"")
    await db.query("DROP INDEX \"public\".\"IDX_e1927183549b576038988ca372\"")
    await db.query("DROP TABLE \"event_link\"")
    await db.query("DROP INDEX \"public\".\"IDX_0f1289cd7bebae1c189193d95b\"")
    await db.query("DROP INDEX \"public\".\"IDX_9a3088c4df41f5b69802db2276\"")
    await db.query("DROP INDEX \"public\".\"IDX_bb7e28d2d8a4650430c55b2a5d\"")
    await db.query("DROP INDEX \"public\".\"IDX_444557d1412a9dab32b3369069\"")
    await db.query("DROP TABLE \"stake_allocation\"")
  }
}
