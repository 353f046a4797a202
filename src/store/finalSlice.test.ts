import {describe, expect, test} from 'vitest'
import {BrokenInvariant} from '../domain/invariant'
import type {RowKey} from '../domain/projection'
import type {Rows} from '../domain/rows'
import type {Changes, Store} from '../pipeline/store'
import {createFinalSlice} from './finalSlice'

const balance = (id: string, amount: bigint) => ({id, amount}) as unknown as Rows['Balance']
const key = (id: string): RowKey => ({table: 'Balance', id})
const puts = (...rows: Rows['Balance'][]): Changes => ({Balance: {inserts: [], puts: new Map(rows.map((row) => [row.id, row]))}}) as Changes
const facts = (...ids: string[]): Changes => ({Block: {inserts: ids.map((id) => ({id})), puts: new Map()}}) as unknown as Changes

/** A database with these rows, and the keys that it was asked for. */
function database(...rows: Rows['Balance'][]) {
  const asked: string[] = []
  const read: Store['load'] = async (keys) => {
    asked.push(...keys.map(({id}) => id))
    return {Balance: new Map(rows.filter(({id}) => keys.some((k) => k.id === id)).map((row) => [row.id, row]))}
  }
  return {asked, read}
}
const always = () => true

describe('what a slice reads', () => {
  test('its own rows come before those of the slice that is still being written, and those before the stored ones', async () => {
    const {read, asked} = database(balance('a', 1n), balance('b', 1n), balance('c', 1n))
    const below = createFinalSlice(read, null, always)
    await below.store.flush(puts(balance('b', 2n), balance('c', 2n)))
    const slice = createFinalSlice(read, below.pending, always)
    await slice.store.flush(puts(balance('c', 3n)))
    const loaded = await slice.store.load(['a', 'b', 'c', 'd'].map(key))
    expect([...(loaded.Balance?.values() ?? [])].map(({id, amount}) => [id, amount])).toEqual([
      ['a', 1n],
      ['b', 2n],
      ['c', 3n],
    ])
    expect(asked).toEqual(['a', 'd'])
  })

  test('a row is asked for once, and not at all when it cannot be stored', async () => {
    const {read, asked} = database(balance('a', 1n))
    const slice = createFinalSlice(read, null, ({id}) => id !== 'new')
    await slice.store.prefetch?.([key('a'), key('new')])
    const loaded = await slice.store.load([key('a'), key('new')])
    expect([...(loaded.Balance?.keys() ?? [])]).toEqual(['a'])
    expect(asked).toEqual(['a'])
  })

  test('rows read ahead do not hide what the slice wrote since', async () => {
    const {read} = database(balance('a', 1n))
    const slice = createFinalSlice(read, null, always)
    await slice.store.prefetch?.([key('a')])
    await slice.store.flush(puts(balance('a', 5n)))
    expect((await slice.store.load([key('a')])).Balance?.get('a')?.amount).toBe(5n)
  })

  test('facts cannot be loaded, which says so instead of finding nothing', async () => {
    const {read} = database()
    const slice = createFinalSlice(read, null, always)
    await slice.store.flush(facts('x'))
    await expect(slice.store.load([{table: 'Block', id: 'x'}])).rejects.toThrow(BrokenInvariant)
  })
})

test('rows that were looked for and are stored nowhere are told apart from those to be replaced', async () => {
  const {read} = database(balance('a', 1n))
  const slice = createFinalSlice(read, null, always)
  await slice.store.load([key('a'), key('b')])
  await slice.store.flush(puts(balance('a', 2n), balance('b', 2n)))
  expect([...(slice.pending.state.get('Balance')?.unknown ?? [])]).toEqual(['b'])
})
