import {Pool} from 'pg'
import {pino} from 'pino'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {createApi} from '../../src/api/createApi'
import {askOf} from '../support/apiUnderTest'
import {CHAIN, fillDatabase, rowsOfBlocks} from '../support/filledDatabase'
import {startPostgres, type TestPostgres} from '../support/postgres'
import {createRandom, intoBlocks, randomLogs} from '../support/randomLogs'

/** More often than it takes until an operation is answered the short way. */
const OFTEN = 7

const QUERIES = [
  '{ transfers(first: 5, orderBy: ID_DESC) { nodes { id kind asset { id owner { address } } finality } totalCount } }',
  '{ royaltySummary(groupBy: [KIND]) { kind amount } status { chains { indexedBlock { number } } } }',
  '{ assets(first: 3, asOf: {block: 4}) { nodes { id owner { address } transferCount } } }',
  '{ assets(first: 3) { nodes { id provenance(first: 4) { nodes { id } } metadata { verdict } } } }',
]

describe('an API that reads from a replica', () => {
  let postgres: TestPostgres
  let replica: Awaited<ReturnType<TestPostgres['startReplica']>>
  let primary: Pool
  let pool: Pool
  const over = (pool: Pool) => createApi({pool, primary, chainIds: [CHAIN], cors: [], introspection: true, logger: pino({level: 'silent'})})

  beforeAll(async () => {
    postgres = await startPostgres()
    const url = await postgres.createMigrated('api')
    await fillDatabase(url, await rowsOfBlocks(intoBlocks(randomLogs(createRandom(5), 200), 20)), 19, 9)
    replica = await postgres.startReplica()
    primary = new Pool({connectionString: url, max: 4})
    pool = new Pool({connectionString: replica.urlOf('api'), max: 4})
  })
  afterAll(async () => {
    await Promise.all([pool?.end(), primary?.end()])
    await replica?.stop()
    await postgres.stop()
  })

  it('[INV-9] answers what the primary answers, of one moment and with what is indexed, however often', async () => {
    const [there, here] = [over(pool), over(primary)]
    for (const query of QUERIES) {
      const expected = await askOf(here, query)
      expect(expected.errors).toBeUndefined()
      for (let i = 0; i < OFTEN; i++) expect(await askOf(there, query)).toEqual(expected)
    }
  })

  it('tells what reached the replica, and of what is written meanwhile nothing in part', async () => {
    const there = over(pool)
    const query = `{ a: metadataUpdates(first: 1, orderBy: ID_DESC) { nodes { uri } } b: metadataUpdates(first: 2, orderBy: ID_DESC) { nodes { uri } } }`
    const uris = async () => {
      const {a, b} = (await askOf(there, query)).data as never as Record<'a' | 'b', {nodes: {uri: string}[]}>
      return [a.nodes[0]?.uri, b.nodes[0]?.uri]
    }
    for (let n = 0; n < 20; n++) {
      await primary.query('UPDATE metadata_change SET uri = $1 WHERE id = (SELECT max(id) FROM metadata_change)', [`ipfs://${n}`])
      const [one, other] = await uris()
      expect(one).toBe(other)
    }
    await expect.poll(uris, {timeout: 10_000}).toEqual(['ipfs://19', 'ipfs://19'])
  })
})
