import {Client} from 'pg'
import {describe, expect, test} from 'vitest'
import {ConfigError} from './configError'
import {databaseUrl} from './databaseUrl'

/** What the driver takes from it. */
const reached = (env: Readonly<Record<string, string>>) => {
  const {host, port, database, user, password} = new Client({connectionString: databaseUrl(env) ?? ''})
  return {host, port, database, user, password}
}

const problemOf = (env: Readonly<Record<string, string>>): string => {
  try {
    return `taken as ${databaseUrl(env)}`
  } catch (error) {
    if (error instanceof ConfigError) return error.problems.map(({path}) => path).join()
    throw error
  }
}

describe('databaseUrl', () => {
  test('DB_URL before DATABASE_URL before DB_*, and null when nothing is set', () => {
    expect(databaseUrl({})).toBeNull()
    expect(databaseUrl({DB_URL: 'postgres://a/b', DATABASE_URL: 'postgres://c/d'})).toBe('postgres://a/b')
    expect(databaseUrl({DATABASE_URL: 'postgresql://c/d'})).toBe('postgresql://c/d')
    expect(databaseUrl({DB_HOST: 'h', DB_NAME: 'n', DB_USER: 'u', DB_PASS: 'p@ss/word'})).toBe('postgres://u:p%40ss%2Fword@h:5432/n')
  })

  test('a URL of another kind is refused without being shown', () => {
    expect(() => databaseUrl({DB_URL: 'mysql://root:SECRET@h'})).toThrow(/^(?![\s\S]*SECRET)[\s\S]*DB_URL/)
  })

  test.each([
    ['db.example', 'db.example'],
    ['10.0.0.7', '10.0.0.7'],
    ['::1', '::1'],
    ['[::1]', '::1'],
    ['2001:db8::5', '2001:db8::5'],
    ['/var/run/postgresql', '/var/run/postgresql'],
    ['/srv/my sockets%20', '/srv/my sockets%20'],
  ])('DB_HOST=%s leads there', (given, host) => {
    expect(reached({DB_HOST: given, DB_PORT: '6000', DB_NAME: 'n'})).toEqual({
      host,
      port: 6000,
      database: 'n',
      user: 'postgres',
      password: 'postgres',
    })
  })

  test.each(['n', 'a b', 'a/b', 'a%2Fb', 'Größe', 'a&b=c+d'])('DB_NAME=%s, and a user and password of the same text', (text) => {
    expect(reached({DB_NAME: text, DB_USER: text, DB_PASS: text})).toMatchObject({
      host: 'localhost',
      database: text,
      user: text,
      password: text,
    })
  })

  test.each(['db.example:5433', 'user@db', 'bad host', 'a/b', 'a%2Fb', '[db]', 'fe80::1%eth0', 'db\n', 'db?x', '[::1'])(
    'DB_HOST=%j is refused, where another database was used in its place',
    (host) => expect(problemOf({DB_HOST: host})).toBe('DB_HOST'),
  )

  test.each(['abc', '0', '65536', '5432x', '-1', ' 5432', '5.5', '1e3'])('DB_PORT=%j is refused', (port) =>
    expect(problemOf({DB_PORT: port})).toBe('DB_PORT'),
  )

  test.each(['a?b', 'a#b', '..', 'a/../b'])('DB_NAME=%j, which no URL can hold, is refused', (name) =>
    expect(problemOf({DB_NAME: name})).toBe('DB_NAME'),
  )

  test('everything wrong is told at once', () => {
    expect(problemOf({DB_HOST: 'bad host', DB_PORT: 'abc', DB_NAME: '..'})).toBe('DB_HOST,DB_PORT,DB_NAME')
  })
})
