import fc from 'fast-check'
import {describe, expect, test, vi} from 'vitest'
import {arbitraryHistory, STRANGER} from '../../test/support/arbitraryHistory'
import {deepFreeze, foldTables} from '../../test/support/foldTables'
import type {Tables} from '../../test/support/memoryStore'
import {naiveHoldings} from '../../test/support/naiveHoldings'
import type {DomainEvent} from '../domain/event'
import {ZERO_ADDRESS} from '../domain/hex'
import {TABLES, type TableName} from '../domain/rows'
import {expandRanges} from '../pipeline/expandRanges'
import {PROJECTIONS} from '.'

vi.setConfig({testTimeout: 60_000})

/** foldTables already refuses undeclared reads, and a change of anything frozen: its input, stored rows, rows given out. */
const always = (law: (blocks: readonly (readonly DomainEvent[])[], tables: Tables) => Promise<void> | void) =>
  fc.assert(
    fc.asyncProperty(arbitraryHistory, async (blocks) => {
      await law(blocks, await foldTables(blocks.flat()))
    }),
    {numRuns: 150, seed: 7007},
  )

const rowsOf = (tables: Tables): readonly (readonly [TableName, Readonly<Record<string, unknown>>])[] =>
  (Object.keys(tables) as TableName[]).flatMap((table) =>
    (tables[table] ?? []).map((row) => [table, row as Readonly<Record<string, unknown>>] as const),
  )

/** Rows of unverified claims end in their claimant. */
const OF_CLAIMANT = /-0x[0-9a-f]{40}$/

/** Rows that name the stranger, and the parts of what does. */
function isStrangers(tables: Tables, row: Readonly<Record<string, unknown>>): boolean {
  if (Object.values(row).some((value) => String(value).includes(STRANGER))) return true
  const whole = row['saleId'] ?? row['termsId'] ?? row['changeId']
  const wholes = [...(tables.Sale ?? []), ...(tables.RoyaltyTermsChange ?? []), ...(tables.SplitChange ?? [])]
  return wholes.some(({id, emitter}) => id === whole && emitter === STRANGER)
}

describe('laws of every projection', () => {
  test('batch boundaries do not matter: block by block gives what one batch gives [INV-1]', async () => {
    await always(async (blocks, tables) => expect(await foldTables(...blocks)).toStrictEqual(tables))
  })

  test('a history cut anywhere between two blocks gives the same [INV-1]', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryHistory, fc.nat(), async (blocks, n) => {
        const cut = n % (blocks.length + 1)
        expect(await foldTables(blocks.slice(0, cut).flat(), blocks.slice(cut).flat())).toStrictEqual(await foldTables(blocks.flat()))
      }),
      {numRuns: 150, seed: 7007},
    )
  })

  test('every event leaves exactly one fact, under its own key, beside the royalties that are part of a sale [INV-2]', async () => {
    const facts = [
      'Transfer',
      'RangeTransfer',
      'MetadataChange',
      'GenerationEvent',
      'LicenseEvent',
      'RoyaltyPayment',
      'RoyaltyTermsChange',
      'Sale',
      'SplitChange',
      'SplitDistribution',
      'Derivative',
      'ContractUpgrade',
      'TokenLock',
      'AccountBinding',
      'MetadataCommit',
      'AttestationEvent',
      'OracleEvent',
    ]
    await always((blocks, tables) => {
      const keys = [...expandRanges(blocks.flat())].map(({ref}) => ref.key)
      const ids = rowsOf(tables).flatMap(([table, row]) =>
        facts.includes(table) && !(table === 'RoyaltyPayment' && row['saleId']) ? [row.id] : [],
      )
      expect(ids.sort()).toEqual(keys)
    })
  })

  test('a row has its columns, no other and none undefined, and its key starts with its chain [INV-5]', async () => {
    await always((_, tables) => {
      for (const [table, row] of rowsOf(tables)) {
        expect(Object.keys(row).sort()).toEqual(TABLES[table].columns.map(({field}) => field).sort())
        expect(Object.values(row)).not.toContain(undefined)
        expect(row.id).toMatch(/^0*1-/)
      }
    })
  })

  test("a stranger's logs change no row but the stranger's own", async () => {
    const ofOthers = (tables: Tables) => rowsOf(tables).filter(([, row]) => !isStrangers(tables, row))
    await always(async (blocks, tables) => {
      const without = blocks.flat().filter(({emitter}) => emitter !== STRANGER)
      expect(ofOthers(tables)).toStrictEqual(rowsOf(await foldTables(without)))
    })
  })

  test("what nobody vouches for changes no generation record, holding or collection, not even another collection's word", async () => {
    const tables: readonly string[] = ['Asset', 'Balance', 'Collection', 'Generation', 'GenerationProof', 'GenerationHead']
    const real = (all: Tables) =>
      rowsOf(all).filter(([table, row]) => tables.includes(table) && !(table.startsWith('Generation') && OF_CLAIMANT.test(String(row.id))))
    await always(async (blocks, all) => {
      const vouched = blocks.flat().filter(({authority}) => authority !== 'unverified')
      expect(real(all)).toStrictEqual(real(await foldTables(vouched)))
    })
  })

  test('an area declares every table that it owns, and no two own one [INV-5]', () => {
    const owned = PROJECTIONS.flatMap(({owns}) => owns)
    expect(owned.toSorted()).toEqual(
      Object.keys(TABLES)
        .filter((table) => table !== 'Block' && table !== 'DecodeFailure')
        .sort(),
    )
  })
})

describe('holdings', () => {
  test('the owner is the receiver of the last transfer, balances sum to the supply [INV-3]', async () => {
    await always((blocks, {Asset = [], Balance = []}) => {
      const naive = naiveHoldings(blocks.flat())
      expect(Asset.map(({id, standard, owner}) => [id, standard, owner])).toEqual(naive.owners)
      expect(Balance.map(({id, amount}) => [id, amount])).toEqual(naive.balances)
      for (const {id, standard, supply} of Asset) {
        const held = Balance.filter(({assetId}) => assetId === id).reduce((sum, {amount}) => sum + amount, 0n)
        if (standard === 'erc1155') expect(held).toBe(supply)
      }
    })
  })

  test('an ERC-721 token is burned, without owner and without supply all at once', async () => {
    await always((_, {Asset = []}) => {
      for (const {standard, owner, supply, burnId, burnedAt} of Asset)
        if (standard === 'erc721') expect([owner === null, supply === 0n, burnedAt !== null]).toEqual(Array(3).fill(burnId !== null))
        else expect([owner, burnId]).toEqual([null, null])
    })
  })

  test('counts are the counts of rows', async () => {
    await always((_, {Asset = [], Collection = [], Transfer = [], RangeTransfer = []}) => {
      for (const {id, transferCount, lastTransferId} of Asset) {
        const own = Transfer.filter(({assetId}) => assetId === id)
        expect([transferCount, lastTransferId]).toEqual([own.length, own.at(-1)?.id])
      }
      for (const {id, assetCount, transferCount} of Collection) {
        const ranges = RangeTransfer.filter(({collectionId}) => collectionId === id)
        const minted = ranges.filter(({from, fromTokenId, toTokenId}) => from === ZERO_ADDRESS && fromTokenId <= toTokenId)
        const ids = minted.reduce((sum, {fromTokenId, toTokenId}) => sum + toTokenId - fromTokenId + 1n, 0n)
        expect(transferCount).toBe(BigInt(Transfer.filter(({collectionId}) => collectionId === id).length + ranges.length))
        expect(assetCount).toBe(BigInt(Asset.filter(({collectionId}) => collectionId === id).length) + ids)
      }
    })
  })
})

test('the guard itself works: a projection that changes what it was given is caught', () => {
  expect(() => Object.assign(deepFreeze({ref: {key: 'a'}}).ref, {key: 'b'})).toThrow(TypeError)
})
