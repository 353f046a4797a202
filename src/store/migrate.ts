import {join} from 'node:path'
import {SnakeNamingStrategy} from '@subsquid/typeorm-config/lib/namingStrategy'
import {DataSource} from 'typeorm'
import {buildDeferredIndexes} from './deferredIndexes'

const MIGRATIONS = join(__dirname, '../../db/migrations/*.js')
const LOCK = 'provenance-indexer migrations'

/** Brings the tables up to date; does nothing when they are. Several at once wait for each other. Answers the names of what was applied. */
export async function migrate(url: string): Promise<readonly string[]> {
  const source = new DataSource({
    type: 'postgres',
    url,
    namingStrategy: new SnakeNamingStrategy(),
    migrations: [MIGRATIONS],
    applicationName: 'provenance-indexer migrate',
  })
  await source.initialize()
  const runner = source.createQueryRunner()
  try {
    await runner.query(`SELECT pg_advisory_lock(hashtextextended($1, 0))`, [LOCK])
    if (await source.showMigrations()) await restoreIndexes(source)
    const applied = await source.runMigrations({transaction: 'each'})
    return applied.map(({name}) => name)
  } finally {
    await runner.release()
    await source.destroy()
  }
}

/** A migration may change an index that waits for the end of a backfill, so they are all there before it. */
async function restoreIndexes(source: DataSource): Promise<void> {
  const [row] = (await source.query(`SELECT to_regclass('deferred_index') IS NOT NULL AS known`)) as {known: boolean}[]
  if (row?.known) await buildDeferredIndexes(source)
}
