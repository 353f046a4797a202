import {join} from 'node:path'
import {SnakeNamingStrategy} from '@subsquid/typeorm-config/lib/namingStrategy'
import {DataSource} from 'typeorm'

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
    const applied = await source.runMigrations({transaction: 'each'})
    return applied.map(({name}) => name)
  } finally {
    await runner.release()
    await source.destroy()
  }
}
