module.exports = class AttestationWords1797000002001 {
  name = 'AttestationWords1797000002001'

  async up(db) {
    await db.query("ALTER TABLE \"attestation_event\" ADD \"schema\" text")
    await db.query("ALTER TABLE \"attestation_event\" ADD \"expiry\" numeric")
    await db.query("ALTER TABLE \"attestation_event\" ADD \"content_hash\" text")
    await db.query("ALTER TABLE \"attestation_event\" ADD \"data\" text")
    await db.query("ALTER TABLE \"attestation_event\" ADD \"data_source\" text")
    await db.query("ALTER TABLE \"attestation_event\" ADD \"ref_uid\" text")
    await db.query("ALTER TABLE \"attestation_event\" ADD \"revocable\" boolean")
    // The last words are known; those that were replaced before are told by a re-index.
    await db.query(`UPDATE attestation_event e SET schema = a.schema, expiry = a.expiry, content_hash = a.content_hash, data = a.data,
      data_source = a.data_source, ref_uid = a.ref_uid, revocable = a.revocable FROM attestation a WHERE a.attestation_id = e.id`)
  }

  async down(db) {
    await db.query("ALTER TABLE \"attestation_event\" DROP COLUMN \"revocable\"")
    await db.query("ALTER TABLE \"attestation_event\" DROP COLUMN \"ref_uid\"")
    await db.query("ALTER TABLE \"attestation_event\" DROP COLUMN \"data_source\"")
    await db.query("ALTER TABLE \"attestation_event\" DROP COLUMN \"data\"")
    await db.query("ALTER TABLE \"attestation_event\" DROP COLUMN \"content_hash\"")
    await db.query("ALTER TABLE \"attestation_event\" DROP COLUMN \"expiry\"")
    await db.query("ALTER TABLE \"attestation_event\" DROP COLUMN \"schema\"")
  }
}
