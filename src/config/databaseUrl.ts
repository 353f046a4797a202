import {isIPv6} from 'node:net'
import {ConfigError, type ConfigProblem} from './configError'

type Environment = Readonly<Record<string, string | undefined>>

/**
 * DB_URL, DATABASE_URL, or DB_HOST / DB_PORT / DB_NAME / DB_USER / DB_PASS / DB_SSL as one PostgreSQL URL; null when none of them is set.
 * DB_HOST: a name, an address of IPv4 or IPv6, or the folder of a Unix socket.
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
  return urlOfParts(env)
}

/** A URL leaves out, without a word, what it cannot hold: what it holds is compared with what was given. */
function urlOfParts(env: Environment): string {
  const host = hostInUrl(env['DB_HOST'] || 'localhost')
  const port = env['DB_PORT'] || '5432'
  // The driver decodes a path by decodeURI.
  const path = `/${encodeURI(env['DB_NAME'] || 'postgres')}`
  const built = new URL(`postgres://${host ?? 'none'}`)
  built.port = port
  built.pathname = path
  const problems: ConfigProblem[] = []
  if (host === null)
    problems.push({path: 'DB_HOST', message: 'expected a host name, an IP address, or the folder of a socket; the port is DB_PORT'})
  if (built.port !== port || port === '0') problems.push({path: 'DB_PORT', message: 'expected a port from 1 to 65535'})
  if (built.pathname !== path) problems.push({path: 'DB_NAME', message: 'a name that no URL can hold'})
  if (problems.length > 0) throw new ConfigError('The environment', problems)
  built.username = encodeURIComponent(env['DB_USER'] || 'postgres')
  built.password = encodeURIComponent(env['DB_PASS'] || 'postgres')
  if (env['DB_SSL'] === 'true') built.searchParams.set('sslmode', 'require')
  return built.toString()
}

/** IPv6 in brackets, and the folder of a socket as one word; the driver reads both. Null: no URL can hold it. */
function hostInUrl(host: string): string | null {
  if (host.startsWith('/')) return encodeURIComponent(host)
  const address = host.replace(/^\[(.+)\]$/, '$1')
  const url = new URL('postgres://none')
  url.hostname = isIPv6(address) ? `[${address}]` : host
  return url.hostname === encodeURI(host) || url.hostname.startsWith('[') ? url.hostname : null
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
