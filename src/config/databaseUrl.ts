import {ConfigError} from './configError'

type Environment = Readonly<Record<string, string | undefined>>

/**
 * DB_URL, DATABASE_URL, or DB_HOST / DB_PORT / DB_NAME / DB_USER / DB_PASS / DB_SSL as one PostgreSQL URL; null when none of them is set.
 * @throws ConfigError
 */
export function databaseUrl(env: Environment): string | null {
  const name = env['DB_URL'] ? 'DB_URL' : 'DATABASE_URL'
  const url = env[name]
  if (url) {
    if (URL.canParse(url) && /^postgres(ql)?:$/.test(new URL(url).protocol)) return url
    throw new ConfigError('The environment', [{path: name, message: 'expected a URL with postgres://'}])
  }
  if (!env['DB_HOST'] && !env['DB_NAME'] && !env['DB_PORT']) return null
  const built = new URL('postgres://localhost:5432/postgres')
  built.hostname = env['DB_HOST'] || 'localhost'
  built.port = env['DB_PORT'] || '5432'
  built.pathname = `/${encodeURIComponent(env['DB_NAME'] || 'postgres')}`
  built.username = encodeURIComponent(env['DB_USER'] || 'postgres')
  built.password = encodeURIComponent(env['DB_PASS'] || 'postgres')
  if (env['DB_SSL'] === 'true') built.searchParams.set('sslmode', 'require')
  return built.toString()
}

/** @throws ConfigError when no database is named: what runs alone does not start one. */
export function requireDatabaseUrl(env: Environment): string {
  const url = databaseUrl(env)
  if (url) return url
  throw new ConfigError('The environment', [
    {
      path: '',
      message: 'no database: set DB_URL (or DATABASE_URL, or DB_HOST, DB_PORT, DB_NAME, DB_USER, DB_PASS). npm start brings one of its own',
    },
  ])
}
