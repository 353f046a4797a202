import {Command, InvalidArgumentError} from 'commander'
import {Client} from 'pg'
import {isScope, SCOPES, type Scope} from '../../access/apiKey'
import {createKey, listKeys, revokeKey} from '../../access/keyStore'
import {databaseUrl} from '../../config/databaseUrl'
import {startEmbeddedPostgres} from '../../postgres/embedded'
import {findRunningPostgres} from '../../postgres/running'
import {POSTGRES_DIR} from '../dataDir'
import {formatKey, parseExpiry, parseKeyName} from '../keyText'
import {createLifetime} from '../lifetime'
import {migrateDatabase} from '../migrateDatabase'

export const apiKeyCommand = (): Command => {
  const command = new Command('api-key').description('Make, list and revoke keys of clients of the API.')
  command
    .command('create')
    .description('Make a key. Its text is printed once; only a hash of it is kept.')
    .argument('<name>', 'who or what it is for', parseKeyName)
    .option('--scopes <list>', `what it allows, comma-separated: ${SCOPES.join(', ')}`, parseScopes, ['read'] as Scope[])
    .option('--expires <time>', 'ISO 8601, in the future; default: never', (text) => parseExpiry(text, new Date()))
    .addHelpText(
      'after',
      '\nScopes: read raises the limits on queries; export allows /export; refresh allows asking for metadata anew; webhooks allows managing webhooks.\n\nExamples:\n  indexer api-key create "my frontend"\n  indexer api-key create analyst --scopes read,export --expires 2027-01-01',
    )
    .action((name: string, options: Readonly<{scopes: readonly Scope[]; expires?: Date}>) =>
      withDatabase(async (db) => {
        const text = await createKey(db, {name, scopes: options.scopes, expiresAt: options.expires ?? null})
        console.error('Keep it now: it is not shown again.')
        console.log(text)
      }),
    )
  command
    .command('list')
    .description('Show all keys, without their secrets.')
    .action(() =>
      withDatabase(async (db) => console.log((await listKeys(db)).map((key) => formatKey(key, new Date())).join('\n') || 'no keys')),
    )
  command
    .command('revoke')
    .description('End a key. It stops working within seconds.')
    .argument('<id>', 'as list shows it')
    .action((id: string) =>
      withDatabase(async (db) => {
        if (!(await revokeKey(db, id))) throw new Error(`no working key has the id ${id}; indexer api-key list shows them`)
        console.log(`revoked ${id}`)
      }),
    )
  return command
}

function parseScopes(text: string): readonly Scope[] {
  const scopes = [...new Set(text.split(',').map((scope) => scope.trim()))]
  if (scopes.every(isScope)) return scopes
  throw new InvalidArgumentError(`Known scopes: ${SCOPES.join(', ')}.`)
}

/** The database that is configured, the embedded one that `start` runs just now, or the embedded one started for this. */
async function withDatabase(work: (db: Client) => Promise<void>): Promise<void> {
  const lifetime = createLifetime({say: (message) => message === 'done' || console.error(message)})
  try {
    const known = databaseUrl(process.env) ?? (await findRunningPostgres(POSTGRES_DIR))
    const url = known ?? (await lifetime.own(startEmbeddedPostgres({dir: POSTGRES_DIR}), (server) => server.stop())).url
    await migrateDatabase(url)
    const client = new Client({connectionString: url})
    await lifetime.own(client.connect(), () => client.end())
    await work(client)
  } catch (error) {
    await lifetime.end(1, error instanceof Error ? error.message : String(error))
  }
  await lifetime.end(0, 'done')
}
