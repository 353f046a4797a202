module.exports = class MetadataScope1795463041362 {
  name = 'MetadataScope1795463041362'

  async up(db) {
    await db.query("CREATE INDEX \"IDX_4bea597b0c819a4840ce412b99\" ON \"metadata_change\" (\"collection_id\", \"scope\", \"id\") ")
  }

  async down(db) {
    await db.query("DROP INDEX \"public\".\"IDX_4bea597b0c819a4840ce412b99\"")
  }
}
