import pg from 'pg'
import {afterAll, beforeAll, beforeEach, describe, expect, it} from 'vitest'
import {runStatement, toObjects} from '../../src/api/rows/runStatement'
import {MOST_NAMES} from '../../src/api/statementNames'
import {startPostgres, type TestPostgres} from '../support/postgres'

describe('a statement', () => {
  let postgres: TestPostgres
  let pool: pg.Pool
  let client: pg.PoolClient
  beforeAll(async () => {
    postgres = await startPostgres()
    pool = new pg.Pool({connectionString: postgres.url, max: 2})
    client = await pool.connect()
  })
  afterAll(async () => {
    client.release()
    await pool.end()
    await postgres.stop()
  })
  beforeEach(() => client.query('DROP TABLE IF EXISTS kept; CREATE TABLE kept (a text, b int)'))

  const EVERY = `SELECT $1::text AS t, 7 AS i, 2^60::numeric AS n, true AS b, NULL::text AS nothing, '2026-01-31 12:00:00+00'::timestamptz AS at,
    '{a,"b c"}'::text[] AS list, '{"x": [1]}'::json AS json, $2::text[] AS given`

  it('answers what node-postgres answers, the first time and when it is prepared', async () => {
    await client.query("SET timezone = 'UTC'")
    const values = ['ü\'"', ['a', 'b"c', '\\', 'NULL', '']]
    const expected = (await client.query(EVERY, values)).rows
    for (const name of [undefined, 'every', 'every', 'every']) {
      const answered = await runStatement(client, {text: EVERY, values, name})
      expect(toObjects(answered)).toEqual(expected)
      expect(answered.tuples).toEqual(expected.map((row) => Object.values(row)))
    }
    expect((await runStatement(client, {text: 'SELECT 1 WHERE false', values: [], name: 'none'})).tuples).toEqual([])
    expect((await runStatement(client, {text: 'SET application_name = $$x$$', values: [], name: undefined})).tuples).toEqual([])
  })

  it('fails alone: what comes after it on the connection is answered', async () => {
    const fails = (text: string, values: readonly unknown[] = [], name?: string) =>
      expect(runStatement(client, {text, values, name})).rejects.toThrow()
    const works = async () => expect((await runStatement(client, {text: 'SELECT 1', values: [], name: 'one'})).tuples).toEqual([[1]])
    const noText = {
      toPostgres: () => {
        throw new Error('no text')
      },
    }
    for (const name of [undefined, 'failing']) {
      await fails('SELECT 1 / $1::int', [0], name)
      await fails('SELECT 1 / $1::int', [0], name)
      await works()
      await fails(`SELEC ${name}`, [], name && `${name} syntax`)
      await works()
      await fails('SELECT $1::text', [noText], name && `${name} value`)
      await works()
    }
    // Asked without waiting for one another.
    const all = await Promise.allSettled([
      runStatement(client, {text: 'SELECT 1 / 0', values: [], name: undefined}),
      runStatement(client, {text: 'SELECT 2', values: [], name: undefined}),
    ])
    expect(all.map(({status}) => status)).toEqual(['rejected', 'fulfilled'])
  })

  it('is refused rather than misread when the columns of what was prepared have changed, or another text has its name', async () => {
    await client.query(`INSERT INTO kept VALUES ('x', 1)`)
    const statement = {text: 'SELECT * FROM kept', values: [], name: 'kept'}
    for (let i = 0; i < 3; i++) expect((await runStatement(client, statement)).tuples).toEqual([['x', 1]])
    await client.query('ALTER TABLE kept ALTER COLUMN b TYPE text')
    await expect(runStatement(client, statement)).rejects.toThrow('cached plan must not change result type')
    await expect(runStatement(client, {...statement, text: 'SELECT 1'})).rejects.toThrow('another statement')
    expect((await runStatement(client, {text: 'SELECT 1', values: [], name: undefined})).tuples).toEqual([[1]])
  })

  it('keeps no more prepared in a connection than there are names', async () => {
    for (let i = 0; i < MOST_NAMES + 20; i++) await runStatement(client, {text: `SELECT ${i}`, values: [], name: `many ${i}`})
    for (const i of [0, MOST_NAMES + 19, 0])
      expect((await runStatement(client, {text: `SELECT ${i}`, values: [], name: `many ${i}`})).tuples).toEqual([[i]])
    const {rows} = await client.query('SELECT count(*)::int AS n FROM pg_prepared_statements')
    expect(rows[0].n).toBe(MOST_NAMES)
  })

  it('hears of it when its connection ends', async () => {
    const lent = await pool.connect()
    lent.on('error', () => {})
    const pid = (await lent.query('SELECT pg_backend_pid() AS pid')).rows[0].pid
    const sleeping = expect(runStatement(lent, {text: 'SELECT pg_sleep(60)', values: [], name: 'sleep'})).rejects.toThrow()
    await client.query('SELECT pg_terminate_backend($1)', [pid])
    await sleeping
    lent.release(true)
  })
})
