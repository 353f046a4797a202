import {Pool} from 'pg'
import {afterEach, beforeEach, expect, test} from 'vitest'
import {findKey} from '../../src/access/keyStore'
import {createSandbox, type Sandbox} from '../support/cli'
import {startPostgres, type TestPostgres} from '../support/postgres'

let sandbox: Sandbox
let postgres: TestPostgres
beforeEach(async () => {
  sandbox = createSandbox()
  postgres = await startPostgres()
})
afterEach(async () => {
  await sandbox.remove()
  await postgres.stop()
})

test('api-key makes keys that work, lists them without their secrets, and revokes them', async () => {
  const url = await postgres.createDatabase('keys')
  const run = async (...args: readonly string[]) => {
    const command = sandbox.indexer(['api-key', ...args], {DB_URL: url})
    return {code: await command.exited, output: command.output()}
  }
  const made = await run('create', 'an analyst', '--scopes', 'read,export')
  const [text = '', id = ''] = /pik_([0-9a-f]{16})_\S+/.exec(made.output) ?? []
  expect(made.code).toBe(0)
  const pool = new Pool({connectionString: url, max: 1})
  expect(await findKey(pool, text)).toEqual({id, name: 'an analyst', scopes: ['read', 'export']})
  const listed = await run('list')
  expect(listed.output).toMatch(new RegExp(`^${id}\tread,export\t.*\tworks\tan analyst$`, 'm'))
  expect(listed.output).not.toContain(text.slice(-43))
  expect(await run('revoke', id)).toMatchObject({code: 0})
  expect(await findKey(pool, text)).toBeNull()
  expect(await run('revoke', id)).toMatchObject({code: 1, output: expect.stringContaining('no working key')})
  expect(await run('create', 'x', '--scopes', 'all')).toMatchObject({code: 2})
  await pool.end()
})
