/** Life of the asset in which a log `f` speaks, as the pipeline has it: the last one that began, or the next where the transaction begins it later. */
const LIFE = `(SELECT coalesce(max(l.incarnation), 1) + count(*) FILTER (WHERE l.owner IS NULL AND l.standard = 'erc721' AND EXISTS (SELECT FROM transfer n
      WHERE n.asset_id = f.asset_id AND n.id > f.id AND n.transaction_hash = f.transaction_hash AND n.incarnation = l.incarnation + 1))::int
    FROM (SELECT x.incarnation, x.owner, a.standard FROM transfer x JOIN asset a ON a.id = x.asset_id
      WHERE x.asset_id = f.asset_id AND x.id < f.id ORDER BY x.id DESC LIMIT 1) l)`

module.exports = class Incarnation1797200000000 {
  name = 'Incarnation1797200000000'

  async up(db) {
    for (const table of ['license_event', 'license', 'generation_event', 'generation', 'generation_head', 'generation_proof'])
      await db.query(`ALTER TABLE "${table}" ADD "incarnation" integer`)
    await db.query(`UPDATE license_event f SET incarnation = ${LIFE} WHERE f.kind IN ('granted', 'termsAttached')`)
    await db.query('UPDATE license l SET incarnation = coalesce((SELECT e.incarnation FROM license_event e WHERE e.id = l.grant_id), 1)')
    await db.query(`UPDATE license_event e SET incarnation = l.incarnation FROM license l
      WHERE l.id = e.license_ref AND e.asset_id IS NOT NULL AND e.kind IN ('revoked', 'transferred', 'exercised')`)
    await db.query(`UPDATE generation_event f SET incarnation = ${LIFE}`)
    // A record that was told in several lives stays as it is, one of the first of them: a verification is given to no life that had none.
    await db.query(`UPDATE generation g SET incarnation = coalesce((SELECT min(e.incarnation) FROM generation_event e
      WHERE e.generation_id = g.id AND e.kind <> 'invalidated'), 1)`)
    await db.query(`UPDATE generation_event e SET incarnation = g.incarnation FROM generation g WHERE g.id = e.generation_id AND e.kind = 'invalidated'`)
    for (const table of ['generation_head', 'generation_proof'])
      await db.query(`UPDATE "${table}" t SET incarnation = coalesce((SELECT g.incarnation FROM generation g WHERE g.id = t.generation_id), 1)`)
    for (const table of ['license', 'generation_event', 'generation', 'generation_head', 'generation_proof'])
      await db.query(`ALTER TABLE "${table}" ALTER "incarnation" SET NOT NULL`)
  }

  async down(db) {
    for (const table of ['license_event', 'license', 'generation_event', 'generation', 'generation_head', 'generation_proof'])
      await db.query(`ALTER TABLE "${table}" DROP COLUMN "incarnation"`)
  }
}
