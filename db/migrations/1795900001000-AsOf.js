module.exports = class AsOf1795900001000 {
  name = 'AsOf1795900001000'

  async up(db) {
    await db.query("CREATE INDEX \"IDX_f8fba63d7965bfee9f304c487a\" ON \"block\" (\"hash\") ")
    await db.query("CREATE INDEX \"IDX_f7697f4bdc04e0340aa33cf51e\" ON \"collection\" (\"transfer_count\", \"id\") ")
    await db.query("CREATE INDEX \"IDX_541e0254f4dbfb7e0bcd6376b2\" ON \"collection\" (\"first_event_at\", \"id\") ")
    await db.query("CREATE INDEX \"IDX_18c0ba903d7d4025c4926fe2cf\" ON \"asset\" (\"token_id\", \"id\") ")
    await db.query("CREATE INDEX \"IDX_92e4a6bc0009b5f183d0b19786\" ON \"balance\" (\"asset_id\", \"amount\", \"id\") ")
    await db.query("CREATE INDEX \"IDX_a977f4bee0532d6ff83321e66d\" ON \"transfer\" (\"to\", \"asset_id\", \"id\") ")
    await db.query("CREATE INDEX \"IDX_f1a8c9b9285149097d2a4229e2\" ON \"license_event\" (\"to\", \"license_ref\") ")
    // Hashes of blocks that a fork took back are told apart from those that nobody knows. Small: only retractions are in it.
    await db.query('CREATE INDEX feed_retracted_block ON feed_change (block_hash) WHERE retracts IS NOT NULL')
  }

  async down(db) {
    await db.query('DROP INDEX feed_retracted_block')
    await db.query("DROP INDEX \"public\".\"IDX_f1a8c9b9285149097d2a4229e2\"")
    await db.query("DROP INDEX \"public\".\"IDX_a977f4bee0532d6ff83321e66d\"")
    await db.query("DROP INDEX \"public\".\"IDX_92e4a6bc0009b5f183d0b19786\"")
    await db.query("DROP INDEX \"public\".\"IDX_18c0ba903d7d4025c4926fe2cf\"")
    await db.query("DROP INDEX \"public\".\"IDX_541e0254f4dbfb7e0bcd6376b2\"")
    await db.query("DROP INDEX \"public\".\"IDX_f7697f4bdc04e0340aa33cf51e\"")
    await db.query("DROP INDEX \"public\".\"IDX_f8fba63d7965bfee9f304c487a\"")
  }
}
