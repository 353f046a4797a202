import {Pool} from 'pg'
import {afterAll, afterEach, beforeAll, beforeEach} from 'vitest'
import {type Answer, type Asked, abiText, type ContractNode, startContractNode, tokenIdOf} from './contractNode'
import {createMetadataChain, type MetadataChain} from './metadataChain'
import {startMetadataWorker} from './metadataWorker'
import {startPostgres, type TestPostgres} from './postgres'

export const documentOf = (name: string): string => `data:application/json,${JSON.stringify({name})}`

/** As a contract whose tokens have a document each, and that says nothing of itself. */
const everyToken = (asked: Asked): Answer =>
  asked.data.startsWith('0xc87b56dd') ? abiText(documentOf(`token ${tokenIdOf(asked)}`)) : 'revert'

export type MetadataWorld = Readonly<{pool: Pool; chain: MetadataChain; node: ContractNode; url: string}> & {
  /** What the contract answers; every token has a document until a test says otherwise. */
  contract: (asked: Asked) => Answer
  /** Stopped when the test ends, before the node and the database. */
  readonly startWorker: (options?: Partial<Parameters<typeof startMetadataWorker>[0]>) => ReturnType<typeof startMetadataWorker>
  readonly stopLater: (stop: () => Promise<unknown>) => void
  /** Documents and contracts read so far. */
  readonly readCount: () => Promise<number>
}

/** For each test of a file: an empty database, a chain of one block whose contract answers over a node, and workers over both. */
export function useMetadataWorld(): MetadataWorld {
  let postgres: TestPostgres
  let count = 0
  const stopping: (() => Promise<unknown>)[] = []
  const world = {
    contract: everyToken,
    startWorker: (options = {}) => {
      const worker = startMetadataWorker({url: world.url, nodeUrl: world.node.url, ...options})
      stopping.push(worker.stop)
      return worker
    },
    stopLater: (stop) => void stopping.push(stop),
    readCount: async () =>
      Number((await world.pool.query('SELECT count(*) FROM metadata_subject WHERE read_at IS NOT NULL')).rows[0].count),
  } as MetadataWorld & {-readonly [K in 'pool' | 'chain' | 'node' | 'url']: MetadataWorld[K]}

  beforeAll(async () => {
    postgres = await startPostgres()
  })
  afterAll(() => postgres.stop())
  beforeEach(async () => {
    world.url = await postgres.createMigrated(`world${++count}`)
    world.pool = new Pool({connectionString: world.url, max: 4})
    world.chain = await createMetadataChain(world.pool)
    await world.chain.mineBlock(1)
    world.contract = everyToken
    world.node = await startContractNode((asked) => world.contract(asked))
    stopping.push(world.node.stop)
  })
  afterEach(async () => {
    for (const stop of stopping.splice(0).reverse()) await stop()
    await world.pool.end()
  })
  return world
}
