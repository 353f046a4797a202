module.exports = class Prompt1795693001918 {
  name = 'Prompt1795693001918'

  async up(db) {
    await db.query("ALTER TABLE \"generation\" ADD \"prompt\" text")
    await db.query("ALTER TABLE \"generation_event\" ADD \"prompt\" text")
    await db.query("ALTER TABLE \"generation_event\" ADD \"prompt_source\" text")
  }

  async down(db) {
    await db.query("ALTER TABLE \"generation_event\" DROP COLUMN \"prompt_source\"")
    await db.query("ALTER TABLE \"generation_event\" DROP COLUMN \"prompt\"")
    await db.query("ALTER TABLE \"generation\" DROP COLUMN \"prompt\"")
  }
}
