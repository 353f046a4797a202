import type {PoolClient} from 'pg'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {openPool} from '../../src/process/openPool'
import {startPostgres, type TestPostgres} from '../support/postgres'

let postgres: TestPostgres
beforeAll(async () => {
  postgres = await startPostgres()
})
afterAll(() => postgres.stop())

/** The metadata worker ended so when its database went away between two queries of a transaction. */
test('a connection that breaks while it is lent out ends no process: its holder hears of it, and the next one works', async () => {
  const pool = openPool({connectionString: postgres.url, max: 1}, () => {})
  const lent = await pool.connect()
  const pid = await pidOf(lent)
  const ended = new Promise((resolve) => lent.once('end', resolve))
  const other = openPool({connectionString: postgres.url, max: 1}, () => {})
  await other.query('SELECT pg_terminate_backend($1)', [pid])
  await ended
  await expect(lent.query('SELECT 1')).rejects.toThrow()
  lent.release(true)
  const next = await pool.connect()
  expect(await pidOf(next)).not.toBe(pid)
  next.release()
  await Promise.all([pool.end(), other.end()])
})

const pidOf = async (client: PoolClient): Promise<number> => (await client.query('SELECT pg_backend_pid() AS pid')).rows[0].pid
