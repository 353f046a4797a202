import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import type {RowKey} from '../domain/projection'
import type {Rows} from '../domain/rows'
import {createRecentRows, readWith} from './recentRows'

const asset = (tokenId: bigint, changes: Partial<Rows['Asset']> = {}): Rows['Asset'] => ({
  id: `1-0xabc-${tokenId}`,
  chainId: 1n,
  collectionId: '1-0xabc',
  tokenId,
  standard: 'erc721',
  owner: '0xa',
  creator: null,
  incarnation: 1,
  mintId: 'key',
  mintedAt: new Date(1_700_000_000_000),
  burnId: null,
  burnedAt: null,
  transferCount: 1,
  supply: 2n ** 256n - 1n,
  lastTransferId: 'key',
  ...changes,
})
const id = (tokenId: bigint) => asset(tokenId).id

describe('rows that were written last', () => {
  test('come back as they were set last, equal in every column [INV-1]', () => {
    const recent = createRecentRows()
    recent.set('Asset', asset(1n))
    recent.set('Asset', asset(2n, {owner: null, mintedAt: null, creator: '', burnId: '1-0xabc'}))
    recent.set('Asset', asset(1n, {owner: '0xb', transferCount: 2}))
    expect(recent.get('Asset', id(1n))).toEqual(asset(1n, {owner: '0xb', transferCount: 2}))
    expect(recent.get('Asset', id(2n))).toEqual(asset(2n, {owner: null, mintedAt: null, creator: '', burnId: '1-0xabc'}))
    expect(recent.get('Asset', id(3n))).toBeUndefined()
    expect(recent.get('Balance', id(1n))).toBeUndefined()
  })

  test('a row with text that is not plain is not kept, and its older value is forgotten', () => {
    const recent = createRecentRows()
    for (const text of ['a\nb', 'a\tb', '\r', 'é', '\u0000']) {
      recent.set('Asset', asset(1n))
      recent.set('Asset', asset(1n, {creator: text}))
      expect(recent.get('Asset', id(1n))).toBeUndefined()
    }
  })

  test('however small the ring and whatever is set, a row is the last one that was set, or none [INV-1]', () => {
    const change = fc.record({token: fc.bigInt({min: 0n, max: 12n}), count: fc.nat(1_000_000), creator: fc.string({maxLength: 30})})
    fc.assert(
      fc.property(fc.array(change, {maxLength: 120}), fc.integer({min: 100, max: 1_500}), (changes, bytes) => {
        const recent = createRecentRows(bytes, 7)
        const last = new Map<string, Rows['Asset']>()
        for (const {token, count, creator} of changes) {
          const row = asset(token, {transferCount: count, creator})
          recent.set('Asset', row)
          last.set(row.id, row)
          for (const [key, wanted] of last) expect([undefined, wanted]).toContainEqual(recent.get('Asset', key))
        }
      }),
      {numRuns: 60},
    )
  })

  test('are not asked of the database, which has the others', async () => {
    const recent = createRecentRows()
    recent.set('Asset', asset(1n))
    const asked: string[] = []
    const keys = [1n, 2n, 3n].map((tokenId): RowKey => ({table: 'Asset', id: id(tokenId)}))
    const loaded = await readWith(
      recent,
      async (wanted) => {
        asked.push(...wanted.map((key) => key.id))
        return {Asset: new Map([[id(2n), asset(2n)]])}
      },
      keys,
    )
    expect(asked).toEqual([id(2n), id(3n)])
    expect([...(loaded.Asset?.values() ?? [])]).toEqual([asset(1n), asset(2n)])
  })
})
