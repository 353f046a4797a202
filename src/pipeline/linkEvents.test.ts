import {describe, expect, test} from 'vitest'
import {deepFreeze, foldTables} from '../../test/support/foldTables'
import {address, eventAt, hash} from '../../test/support/givenEvents'
import {claimed, verified} from '../../test/support/givenGenerations'
import {givenGrant} from '../../test/support/givenGrant'
import type {DomainEvent, EventBody} from '../domain/event'
import {linkEvents} from './linkEvents'

const proof = verified()
const ART = {collection: proof.collection, tokenId: proof.tokenId}
const OTHER = {...ART, tokenId: ART.tokenId + 1n}
const paid = (more: object = {}): EventBody =>
  ({
    type: 'royalty.paid',
    ...ART,
    payer: address(1),
    recipient: address(2),
    currency: address(0),
    gross: null,
    amount: 5n,
    basis: null,
    kind: 0,
    licenseId: null,
    saleRef: null,
    ...more,
  }) as EventBody
const granted = (more: object = {}): EventBody => givenGrant({...ART, price: 5n, ...more})
const staked = (asset: typeof ART | null): EventBody => ({
  type: 'stake.allocated',
  asset,
  staker: address(1),
  beneficiary: null,
  currency: address(0),
  amount: 9n,
  purpose: null,
})
const changed = (tokenId = ART.tokenId): EventBody => ({
  type: 'metadata.changed',
  collection: ART.collection,
  scope: {kind: 'token', tokenId},
  uri: null,
})

/** The logs of one transaction of block 1, in order. */
const inTransaction = (...bodies: readonly (EventBody | DomainEvent)[]): readonly DomainEvent[] =>
  bodies.map((body, logIndex) => {
    const event = eventAt({block: 1, logIndex}, body)
    const {authority} = body as Partial<DomainEvent>
    return deepFreeze({...event, authority: authority ?? 'self', ref: {...event.ref, transactionHash: hash(0x7c)}})
  })
const found = (events: readonly DomainEvent[]) =>
  linkEvents(events).flatMap((event) =>
    event.type === 'event.linked' ? [[event.relation, Number(event.effect.slice(28, 34)), Number(event.cause.slice(28, 34))]] : [],
  )

describe('within one transaction', () => {
  test('a payment, a stake and a grant go with the verified proof of the same asset', () => {
    expect(found(inTransaction(proof, paid(), staked(ART), granted()))).toEqual([
      ['triggeredBy', 1, 0],
      ['triggeredBy', 2, 0],
      ['triggeredBy', 3, 0],
    ])
    expect(found(inTransaction(proof, paid(OTHER), staked(OTHER), granted(OTHER)))).toEqual([])
  })

  test('a stake behind no asset goes with the proof when there is only one', () => {
    expect(found(inTransaction(staked(null), proof))).toEqual([['triggeredBy', 0, 1]])
    expect(found(inTransaction(staked(null), proof, {...proof, ...OTHER}))).toEqual([])
  })

  test('a grant goes with the payment that names it, else with a fee for the same asset; never with a royalty on a sale', () => {
    expect(found(inTransaction(paid({kind: 1}), paid({licenseId: 7n}), granted()))).toEqual([['paidBy', 2, 1]])
    expect(found(inTransaction(granted(), paid({kind: 1})))).toEqual([['paidBy', 0, 1]])
    expect(found(inTransaction(granted(), paid({kind: 0}), paid({licenseId: 8n, kind: 1})))).toEqual([])
  })

  test('a change of metadata is explained by the generation of that token, the last one before it', () => {
    expect(found(inTransaction(claimed(), changed(), claimed(), changed(), changed(OTHER.tokenId)))).toEqual([
      ['explainedBy', 1, 0],
      ['explainedBy', 3, 2],
    ])
  })

  test('what nobody vouches for explains nothing', () => {
    expect(found(inTransaction({...proof, authority: 'unverified'} as DomainEvent, paid()))).toEqual([])
  })
})

test('of a log that has more to explain than an event key has places for, what comes first is explained [INV-8]', () => {
  const [cause, effect] = inTransaction(proof, changed()) as [DomainEvent, DomainEvent]
  const effects = Array.from({length: 100_001}, (_, subIndex) => ({
    ...effect,
    ref: {...effect.ref, subIndex, key: effect.ref.key.slice(0, -6) + String(subIndex).padStart(6, '0')},
  }))
  const links = linkEvents([cause, ...effects]).filter(({type}) => type === 'event.linked')
  expect([links.length, links.at(-1)?.ref.subIndex]).toEqual([100_000, 999_999])
})

test('transactions keep to themselves, and links lie behind all that their log became [INV-1]', async () => {
  const [first] = inTransaction(proof)
  const second = eventAt({block: 1, logIndex: 1}, paid())
  expect(found([first as DomainEvent, second])).toEqual([])
  const events = linkEvents(inTransaction(proof, paid(), granted({licenseId: 9n}), changed()))
  const keys = events.map(({ref}) => ref.key)
  expect(keys).toEqual(keys.toSorted())
  expect(new Set(keys).size).toBe(keys.length)
  const {EventLink} = await foldTables(inTransaction(proof, paid()))
  expect(EventLink).toMatchObject([{relation: 'triggeredBy', effectTable: 'RoyaltyPayment', causeTable: 'GenerationEvent'}])
})
