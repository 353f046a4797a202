// Entries of the feed tell whose word they are, so that what strangers claim can be left out of it as it is of every other answer.
const WITH_AUTHORITY = {
  LicenseEvent: 'license_event',
  RoyaltyPayment: 'royalty_payment',
  GenerationEvent: 'generation_event',
  Derivative: 'derivative',
}

module.exports = class FeedAuthority1795486000000 {
  name = 'FeedAuthority1795486000000'

  async up(db) {
    await db.query(`ALTER TABLE feed_change ADD unverified boolean NOT NULL DEFAULT false`)
    for (const [kind, table] of Object.entries(WITH_AUTHORITY))
      await db.query(`UPDATE feed_change c SET unverified = true FROM "${table}" t
        WHERE c.kind = '${kind}' AND t.id = c.event_id AND t.authority = 'unverified'`)
  }

  async down(db) {
    await db.query(`ALTER TABLE feed_change DROP unverified`)
  }
}
