module.exports = class ChainProblem1797200000001 {
  name = 'ChainProblem1797200000001'

  async up(db) {
    await db.query('ALTER TABLE chain_progress ADD problem text')
  }

  async down(db) {
    await db.query('ALTER TABLE chain_progress DROP problem')
  }
}
