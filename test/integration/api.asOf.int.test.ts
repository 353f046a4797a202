import 'reflect-metadata'
import {createRequire} from 'node:module'
import {join} from 'node:path'
import fc from 'fast-check'
import type {GraphQLField} from 'graphql'
import {Pool} from 'pg'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {AS_OF_FIELDS} from '../../src/api/asOf/offerAsOf'
import {EXPORTS} from '../../src/api/export/lists'
import type {ListSpec} from '../../src/api/list/spec'
import type {DomainEvent, EventBody} from '../../src/domain/event'
import {type Address, ZERO_ADDRESS} from '../../src/domain/hex'
import {arbitraryClaims, arbitraryHistory, COLLECTIONS} from '../support/arbitraryHistory'
import {arbitraryLives} from '../support/arbitraryLives'
import {selectField} from '../support/everyField'
import {address, CHAIN, inBlock} from '../support/givenEvents'
import {startPostgres, type TestPostgres} from '../support/postgres'
import {createAsker, createState, exportRows, storeHistory} from '../support/storedHistory'

type Migration = Readonly<Record<'up' | 'down', (db: Pool) => Promise<void>>>
const OwnerThen = createRequire(__filename)(join(__dirname, '../../db/migrations/1797100000000-OwnerThen.js')) as new () => Migration

let postgres: TestPostgres
let pool: Pool
let asker: ReturnType<typeof createAsker>
beforeAll(async () => {
  postgres = await startPostgres()
  const url = await postgres.createMigrated('as_of')
  pool = new Pool({connectionString: url, max: 4})
  await createState(pool)
  asker = createAsker(pool)
})
afterAll(async () => {
  await pool.end()
  await postgres.stop()
})

/** What is not of the chain, tells how the answer is given, or is refused of the past. */
const NOT_STATE = ['name', 'symbol', 'finality', 'pageInfo', 'edges', 'metadataCoverage', 'metadataHealth', 'metadataHistory']
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
  attesters: `["${address(0xa1)}", "${address(0xa2)}"]`,
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

/** Asked at the head of then, and as of then from a later head. */
async function requireSame(
  {asked, exported}: Readonly<{asked: readonly string[]; exported: readonly string[]}>,
  blocks: readonly (readonly DomainEvent[])[],
  block: number,
  quiet: number,
) {
  const head = Math.max(blocks.length, block) + quiet + 1
  const events = blocks.flat()
  await storeHistory(
    pool,
    events.filter(({ref}) => ref.blockNumber <= block),
    block,
  )
  const ask = async (asOf: number | null): Promise<readonly unknown[]> => {
    const answers: unknown[] = []
    for (const question of asked) answers.push(await asker.ask(question, asOf))
    for (const name of exported) answers.push(await exportRows(pool, EXPORTS.get(name) as ListSpec, asOf))
    return answers
  }
  const before = await ask(null)
  await storeHistory(pool, events, head)
  const after = await ask(block)
  for (const [i, answer] of after.entries()) expect(answer, asked[i] ?? `export of ${exported[i - asked.length]}`).toEqual(before[i])
}

test('every answer and export as of a block is the one that was given when it was the head, whatever came after [INV-9]', async () => {
  const all = {asked: questions(), exported: [...EXPORTS.keys()]}
  await fc.assert(
    fc.asyncProperty(arbitraryHistory, fc.nat({max: 60}), fc.nat({max: 1}), (blocks, cut, quiet) =>
      requireSame(all, blocks, Math.min(cut, blocks.length) + 1, quiet),
    ),
    {numRuns: 6, seed: 9},
  )
}, 300_000)

test('the mint and the burn of an earlier life are told of an own event shape that names an operator, too [INV-9]', async () => {
  const [from, to, operator] = [0xa1, 0xa2, 0xa3].map(address) as [Address, Address, Address]
  const moved = {type: 'token.transferred', namespace: 'erc721', collection: COLLECTIONS[0] as Address, tokenId: 1n, amount: 1n, operator}
  const life = [
    {...moved, from: ZERO_ADDRESS, to: from},
    {...moved, from, to},
    {...moved, from: to, to: ZERO_ADDRESS},
  ] as readonly EventBody[]
  const blocks = [...life, ...life].map((body, i) => inBlock(i + 1, body))
  const choice = {depth: 1, args: {...COMMON, id: ASSETS[0] as string}, leaveOut: new Set(NOT_STATE)}
  const field = asker.schema.getQueryType()?.getFields()['asset'] as GraphQLField<unknown, unknown>
  const asked = [`{ ${selectField(asker.schema, 'Query', field, choice).join(' ')} }`]
  for (const block of [1, 2, 3, 4]) await requireSame({asked, exported: ['assets']}, blocks, block, 0)
}, 60_000)

test('older transfers are told their owners by the migration as the pipeline tells them', async () => {
  const read = async () => (await pool.query('SELECT id, ordinal, previous_owner, owner FROM transfer ORDER BY id')).rows
  const migration = new OwnerThen()
  const requireTheSame = async (events: readonly DomainEvent[], head: number) => {
    await storeHistory(pool, events, head)
    const told = await read()
    await migration.down(pool)
    await migration.up(pool)
    expect(await read()).toEqual(told)
  }
  await fc.assert(
    fc.asyncProperty(arbitraryHistory, (blocks) => requireTheSame(blocks.flat(), blocks.length + 1)),
    {numRuns: 40, seed: 4},
  )
  // Of own event shapes: ERC-1155 that names no operator, ERC-721 that names one.
  const [from, to, operator] = [0xa1, 0xa2, 0xa3].map(address)
  const moved = {type: 'token.transferred', collection: address(0xc1), amount: 1n, from, to} as const
  const shapes = [
    {...moved, tokenId: 1n, namespace: 'erc1155', operator: null},
    {...moved, tokenId: 2n, namespace: 'erc721', operator},
  ] as readonly EventBody[]
  await requireTheSame(inBlock(1, ...shapes, ...shapes), 2)
})

test('so is every answer about what is claimed, proven, vouched for and taken back again and again [INV-9]', async () => {
  const asset = `"eip155:${CHAIN}/erc721:${COLLECTIONS[0]}/1"`
  const choice = {depth: 2, args: {...COMMON, id: asset, includeUnverified: 'true'}, leaveOut: new Set(NOT_STATE)}
  const {generations, attestations} = asker.schema.getQueryType()?.getFields() ?? {}
  const all = [generations, attestations].map((field) =>
    selectField(asker.schema, 'Query', field as GraphQLField<unknown, unknown>, choice),
  )
  const attesters = COMMON.attesters
  const asked = [
    `{ ${all.flat().join(' ')} }`,
    `{ asset(id: ${asset}) { generation { id } collection { code(at: ${COMMON.at}) { until audited(attesters: ${attesters}) attestations { nodes { uid } } } } } }`,
  ]
  await fc.assert(
    fc.asyncProperty(arbitraryClaims, fc.nat({max: 99}), (blocks, cut) =>
      requireSame({asked, exported: ['generations', 'attestations']}, blocks, 1 + (cut % (blocks.length + 1)), 0),
    ),
    {numRuns: 60, seed: 3},
  )
}, 300_000)

test('so is every answer about a token that is burned and minted anew, and what was licensed and proven in its lives [INV-9]', async () => {
  const asset = `"eip155:${CHAIN}/erc721:${COLLECTIONS[0]}/1"`
  const choice = {depth: 2, args: {...COMMON, asset, id: asset, account: ACCOUNTS[1] as string, first: '40'}, leaveOut: new Set(NOT_STATE)}
  const fields = asker.schema.getQueryType()?.getFields() ?? {}
  const about = ['asset', 'licenses', 'generations', 'licenseCheck', 'account'].map((name) => {
    const of = {...choice, args: {...choice.args, address: ACCOUNTS[1] as string}}
    return selectField(asker.schema, 'Query', fields[name] as GraphQLField<unknown, unknown>, of).join(' ')
  })
  const current = `{ generations(first: 40, includeUnverified: true, where: {current: {eq: true}}) { nodes { id current } } }`
  const asked = [...about.map((field) => `{ ${field} }`), current]
  await fc.assert(
    fc.asyncProperty(arbitraryLives, fc.nat({max: 99}), (blocks, cut) =>
      requireSame({asked, exported: ['licenses', 'generations']}, blocks, 1 + (cut % (blocks.length + 1)), 0),
    ),
    {numRuns: 40, seed: 5},
  )
}, 300_000)
