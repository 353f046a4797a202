module.exports = class AttestationRecord1797000000001 {
  name = 'AttestationRecord1797000000001'

  async up(db) {
    await db.query("ALTER TABLE \"attestation\" ADD \"data\" text")
    await db.query("ALTER TABLE \"attestation\" ADD \"data_source\" text")
    await db.query("ALTER TABLE \"attestation\" ADD \"ref_uid\" text")
    await db.query("ALTER TABLE \"attestation\" ADD \"revocable\" boolean")
  }

  async down(db) {
    await db.query("ALTER TABLE \"attestation\" DROP COLUMN \"revocable\"")
    await db.query("ALTER TABLE \"attestation\" DROP COLUMN \"ref_uid\"")
    await db.query("ALTER TABLE \"attestation\" DROP COLUMN \"data_source\"")
    await db.query("ALTER TABLE \"attestation\" DROP COLUMN \"data\"")
  }
}
