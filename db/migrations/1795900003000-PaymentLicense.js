module.exports = class PaymentLicense1795900003000 {
  name = 'PaymentLicense1795900003000'

  async up(db) {
    await db.query("CREATE INDEX \"IDX_58b698d19816e2e9a9eea67bdc\" ON \"royalty_payment\" (\"license_ref\", \"id\") ")
  }

  async down(db) {
    await db.query("DROP INDEX \"public\".\"IDX_58b698d19816e2e9a9eea67bdc\"")
  }
}
