import {describe, expect, test} from 'vitest'
import {address, eventAt} from '../../test/support/givenEvents'
import {insert, put} from '../domain/change'
import type {ContractUpgraded, DomainEvent} from '../domain/event'
import type {Projection} from '../domain/projection'
import type {CollectionRow, ContractUpgradeRow, GenerationHeadRow, GenerationProofRow} from '../domain/rows'
import {collectReads, type KnownRows} from './collectReads'
import {foldBatch} from './foldBatch'
import {foldEvents} from './foldEvents'
import {buildProjectionIndex} from './projectionIndex'
import type {Store} from './store'

const upgraded: ContractUpgraded = {type: 'contract.upgraded', implementation: address(1)}
const at = (block: number): DomainEvent => eventAt({block}, upgraded)
const fact = (event: DomainEvent) => insert('ContractUpgrade', {id: event.ref.key} as ContractUpgradeRow)
const head = (generationId: string): GenerationHeadRow => ({id: 'h', generationId, incarnation: 1})

/** Keeps how many events it saw, as text. */
const counter: Projection = {
  name: 'counter',
  owns: ['ContractUpgrade', 'GenerationHead'],
  handles: ['contract.upgraded'],
  reads: () => [{table: 'GenerationHead', id: 'h'}],
  apply: (event, state) => [fact(event), put('GenerationHead', head(`${state.get('GenerationHead', 'h')?.generationId ?? ''}+`))],
}
const asked = (row?: GenerationHeadRow): KnownRows => ({GenerationHead: new Map([['h', row]])})
const nothingStored: Store['load'] = async () => ({})

describe('foldBatch', () => {
  test('writes each state row once, with its last value, and facts in chain order', () => {
    expect(foldBatch([at(1), at(2), at(3)], buildProjectionIndex([counter]), asked(head('5')))).toEqual({
      ContractUpgrade: {inserts: [at(1), at(2), at(3)].map(({ref}) => ({id: ref.key})), puts: new Map()},
      GenerationHead: {inserts: [], puts: new Map([['h', head('5+++')]])},
    })
  })

  test('shows every projection the rows as they stand before the event, in whatever order they come', () => {
    const copier: Projection = {
      ...counter,
      name: 'copier',
      owns: ['GenerationProof'],
      apply: (_, state) => [
        put('GenerationProof', {id: 'p', generationId: state.get('GenerationHead', 'h')?.generationId ?? 'none'} as GenerationProofRow),
      ],
    }
    for (const order of [
      [counter, copier],
      [copier, counter],
    ])
      expect(foldBatch([at(1), at(2)], buildProjectionIndex(order), asked()).GenerationProof?.puts.get('p')).toEqual({
        id: 'p',
        generationId: '+',
      })
  })

  test('refuses events out of order or twice [INV-1]', () => {
    for (const events of [
      [at(2), at(1)],
      [at(1), at(1)],
    ])
      expect(() => foldBatch(events, buildProjectionIndex([counter]), asked())).toThrow('INV-1')
  })

  test('refuses a row that was not asked for [INV-1]', () => {
    expect(() => foldBatch([at(1)], buildProjectionIndex([counter]), {})).toThrow('INV-1: GenerationHead h was read but not declared')
  })

  test('refuses an event that leaves no fact [INV-2]', () => {
    expect(() => foldBatch([at(1)], buildProjectionIndex([{...counter, apply: () => []}]), asked())).toThrow('INV-2')
    expect(() => collectReads([at(1)], buildProjectionIndex([]))).toThrow('INV-2')
  })

  test("refuses a change of another projection's table, and two owners of one [INV-5]", () => {
    const thief: Projection = {...counter, name: 'thief', owns: [], apply: () => [put('Collection', {id: 'c'} as CollectionRow)]}
    expect(() => foldBatch([at(1)], buildProjectionIndex([thief]), asked())).toThrow('INV-5')
    expect(() => buildProjectionIndex([counter, {...counter, name: 'other'}])).toThrow('INV-5')
  })
})

describe('foldEvents', () => {
  const loading = (rows: Readonly<Record<string, GenerationHeadRow>>) => {
    const rounds: string[][] = []
    const load: Store['load'] = async (keys) => {
      rounds.push(keys.map(({id}) => id))
      return {GenerationHead: new Map(keys.flatMap(({id}) => (rows[id] ? [[id, rows[id]] as const] : [])))}
    }
    return {rounds, load}
  }
  /** Follows generationId from row to row. */
  const follower: Projection = {
    ...counter,
    name: 'follower',
    reads: function* (_, known) {
      for (let id: string | undefined = 'h'; id; id = known.get('GenerationHead', id)?.generationId) yield {table: 'GenerationHead', id}
    },
    apply: (event) => [fact(event)],
  }
  const link = (id: string, generationId: string) => ({[id]: {id, generationId, incarnation: 1}})

  test('asks for each row once, however many events read it', async () => {
    const {rounds, load} = loading({})
    await foldEvents([at(1), at(2)], buildProjectionIndex([counter]), load)
    expect(rounds).toEqual([['h']])
  })

  test('a key may depend on a row, three rounds deep and no deeper [INV-8]', async () => {
    const three = loading({...link('h', 'a'), ...link('a', 'b')})
    await foldEvents([at(1)], buildProjectionIndex([follower]), three.load)
    expect(three.rounds).toEqual([['h'], ['a'], ['b']])
    const four = loading({...link('h', 'a'), ...link('a', 'b'), ...link('b', 'c')})
    await expect(foldEvents([at(1)], buildProjectionIndex([follower]), four.load)).rejects.toThrow('INV-8')
  })

  test('an empty batch asks for nothing and changes nothing', async () => {
    const {rounds, load} = loading({})
    expect([await foldEvents([], buildProjectionIndex([counter]), load), rounds]).toEqual([{}, []])
  })

  test('what is not stored is known to be missing', async () => {
    const changes = await foldEvents([at(1)], buildProjectionIndex([counter]), nothingStored)
    expect(changes.GenerationHead?.puts.get('h')).toEqual(head('+'))
  })
})
