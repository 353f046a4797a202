import {Command} from 'commander'
import {databaseUrl} from '../../config/databaseUrl'
import {startEmbeddedPostgres} from '../../postgres/embedded'
import {redactUrl} from '../../process/redact'
import {POSTGRES_DIR} from '../dataDir'
import {createLifetime} from '../lifetime'
import {migrateDatabase} from '../migrateDatabase'

export const migrateCommand = (): Command =>
  new Command('migrate')
    .description('Bring the database up to date; does nothing when it is. start does it by itself.')
    .addHelpText(
      'after',
      '\nThe database is the one of DB_URL, DATABASE_URL or DB_HOST, DB_PORT, DB_NAME, DB_USER, DB_PASS; without them the embedded one.\n\nExamples:\n  indexer migrate\n  DB_URL=postgres://me:secret@db.example:5432/provenance indexer migrate',
    )
    .action(async () => {
      const lifetime = createLifetime({say: console.error})
      const configured = databaseUrl(process.env)
      try {
        const url = configured ?? (await lifetime.own(startEmbeddedPostgres({dir: POSTGRES_DIR}), (server) => server.stop())).url
        const applied = await migrateDatabase(url)
        console.log(
          `${configured ? redactUrl(configured) : POSTGRES_DIR}: ${applied.length === 0 ? 'up to date' : `applied ${applied.join(', ')}`}`,
        )
      } catch (error) {
        await lifetime.end(1, error instanceof Error ? error.message : String(error))
      }
      await lifetime.end(0, 'done')
    })
