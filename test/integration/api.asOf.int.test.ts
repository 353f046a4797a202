import fc from 'fast-check'
import type {GraphQLField} from 'graphql'
import {Pool} from 'pg'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {AS_OF_FIELDS} from '../../src/api/asOf/offerAsOf'
import {migrate} from '../../src/store/migrate'
import {arbitraryHistory, COLLECTIONS} from '../support/arbitraryHistory'
import {selectField} from '../support/everyField'
import {address, CHAIN} from '../support/givenEvents'
import {startPostgres, type TestPostgres} from '../support/postgres'
import {createAsker, createState, storeHistory} from '../support/storedHistory'

let postgres: TestPostgres
let pool: Pool
let asker: ReturnType<typeof createAsker>
beforeAll(async () => {
  postgres = await startPostgres()
  const url = await postgres.createDatabase('as_of')
  await migrate(url)
  pool = new Pool({connectionString: url, max: 4})
  await createState(pool)
  asker = createAsker(pool)
})
afterAll(async () => {
  await pool.end()
  await postgres.stop()
})

/** What is not of the chain, tells how the answer is given, is refused of the past, or (revokedBy) is in no log where a later revocation replaced it. */
const NOT_STATE = [
  'name',
  'symbol',
  'finality',
  'pageInfo',
  'edges',
  'generation',
  'metadataCoverage',
  'metadataHealth',
  'metadataHistory',
  'License.revokedBy',
  'Account.token',
  'rootOwner',
  'accounts',
  'codeAtMint',
  'Collection.code',
  'attestations',
  'licenseTerms',
  'License.terms',
  'Asset.generations',
  'GenerationEvent.generation',
]
const MAX = 2n ** 256n - 1n
const ASSETS = COLLECTIONS.flatMap((collection) => [1n, MAX].map((token) => `"eip155:${CHAIN}/erc721:${collection}/${token}"`))
const ACCOUNTS = [0, 0xa1, 0xa2, 0xa3].map((n) => `"${address(n)}"`)
const ASKED: Readonly<Record<string, readonly string[]>> = {
  id: [...COLLECTIONS.map((collection) => `"${collection}"`), ...ASSETS, `"eip155:${CHAIN}:${COLLECTIONS[0]}/1"`],
  asset: ASSETS,
  address: ACCOUNTS,
  account: ACCOUNTS,
}
const COMMON = {
  first: '7',
  includeUnverified: 'true',
  at: '"2023-11-14T22:14:30Z"',
  groupBy: '[RECIPIENT, KIND, LICENSE]',
}

/** Everything that can be asked as of a block, with everything below it. */
function questions(): readonly string[] {
  const fields = asker.schema.getQueryType()?.getFields() ?? {}
  return AS_OF_FIELDS.flatMap((name) => {
    const field = fields[name] as GraphQLField<unknown, unknown>
    const naming = field.args.map((arg) => arg.name).filter((arg) => ASKED[arg] && !(name === 'provenance' && arg === 'assetId'))
    const given = naming.reduce<readonly Record<string, string>[]>(
      (all, arg) =>
        all.flatMap((one) =>
          (ASKED[arg] as readonly string[]).filter((value) => fits(name, value)).map((value) => ({...one, [arg]: value})),
        ),
      [{}],
    )
    return given.map((args) => {
      const choice = {
        depth: naming.length > 1 || name === 'lineage' || name === 'provenance' ? 1 : 2,
        args: {...COMMON, ...args, ...(field.args.some((a) => a.name === 'orderBy') ? {first: '40'} : {})},
      }
      const nested = {...choice, leaveOut: new Set(NOT_STATE)}
      return `{ ${selectField(asker.schema, 'Query', field, nested).join(' ')} }`
    })
  })
}

/** An id is an asset's, a collection's or a licence's. */
const fits = (field: string, value: string): boolean =>
  field === 'asset'
    ? value.includes('/erc721:')
    : field === 'collection'
      ? /^"0x/.test(value)
      : field === 'license'
        ? value.endsWith('/1"') && !value.includes('erc721')
        : true

test('every answer as of a block is the answer that was given when it was the head, whatever came after [INV-9]', async () => {
  const asked = questions()
  await fc.assert(
    fc.asyncProperty(arbitraryHistory, fc.nat({max: 60}), fc.nat({max: 1}), async (blocks, cut, quiet) => {
      const block = Math.min(cut, blocks.length) + 1
      const head = Math.max(blocks.length, block) + quiet + 1
      const events = blocks.flat()
      const known = events.filter(({ref}) => ref.blockNumber <= block)
      await storeHistory(pool, known, block)
      const before: unknown[] = []
      for (const question of asked) before.push(await asker.ask(question, null))
      await storeHistory(pool, events, head)
      for (const [i, question] of asked.entries()) expect(await asker.ask(question, block)).toEqual(before[i])
    }),
    {numRuns: 10, seed: 9},
  )
}, 300_000)
