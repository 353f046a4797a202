import {afterAll, beforeAll, beforeEach} from 'vitest'
import {startPostgres, type TestPostgres} from './postgres'

export type MigratedDatabases = {
  /** Of the test's own database. */
  url: string
  /** One more; its URL. */
  readonly create: () => Promise<string>
}

/** For each test of a file a database of its own, with the indexer's tables and nothing in them. What the file closes after all closes before the server. */
export function useMigratedDatabases(): MigratedDatabases {
  let postgres: TestPostgres
  let count = 0
  const create = () => postgres.createMigrated(`test_${++count}`)
  const databases = {url: '', create}
  beforeAll(async () => {
    postgres = await startPostgres()
  })
  afterAll(() => postgres.stop())
  beforeEach(async () => {
    databases.url = await create()
  })
  return databases
}
