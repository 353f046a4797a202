import fc from 'fast-check'
import {expect, test, vi} from 'vitest'
import {arbitraryLives} from '../../test/support/arbitraryLives'
import {foldTables} from '../../test/support/foldTables'
import {address, hash, inBlock, inTransaction, type Said} from '../../test/support/givenEvents'
import {ART, ASSET, CAT, claimed, DOG, invalidated, updated, verified} from '../../test/support/givenGenerations'
import {givenGrant} from '../../test/support/givenGrant'
import type {DomainEvent} from '../domain/event'
import {type Address, ZERO_ADDRESS} from '../domain/hex'

vi.setConfig({testTimeout: 60_000})

const [ANN, BEN] = [address(0xa11), address(0xbe1)]
const moved = (from: Address, to: Address) =>
  ({type: 'token.transferred', namespace: 'erc721', collection: ART, tokenId: 1n, from, to, amount: 1n, operator: null}) as const
const [mint, burn] = [moved(ZERO_ADDRESS, ANN), moved(ANN, ZERO_ADDRESS)]
const granted = (licenseId = 7n, changes = {}) => givenGrant({collection: ART, licenseId, licensee: BEN, ...changes})
const revoked: Said = [{type: 'license.revoked', licenseId: 7n, revokedBy: ANN, effectiveAt: 9n, reason: null}, {emitter: ART}]
/** Each in a block and a transaction of its own. */
const tablesAfter = (...said: readonly Said[]) => foldTables(said.flatMap((one, i) => inBlock(i + 1, one)))

test('a generation of the next life starts from nothing, whatever the life before had of its prompt and proof', async () => {
  const {Generation, GenerationHead, GenerationProof, GenerationEvent} = await tablesAfter(
    mint,
    claimed(),
    verified(),
    burn,
    mint,
    claimed(),
  )
  expect(Generation).toMatchObject([
    {id: `${ASSET}-${CAT}`, incarnation: 1, status: 'verified'},
    {id: `${ASSET}-${CAT}-2`, incarnation: 2, status: 'claimed', verifier: null, modelId: null},
  ])
  const latest = {generationId: `${ASSET}-${CAT}-2`, incarnation: 2}
  expect(GenerationHead).toEqual([
    {id: ASSET, ...latest},
    {id: `${ASSET}-${CAT}`, ...latest},
  ])
  expect(GenerationProof).toEqual([{id: `${ASSET}-${hash(0xff)}`, ...latest}])
  expect(GenerationEvent?.map(({incarnation, generationId}) => [incarnation, generationId])).toEqual([
    [1, `${ASSET}-${CAT}`],
    [1, `${ASSET}-${CAT}`],
    [2, `${ASSET}-${CAT}-2`],
  ])
})

test('an Update of the next life supersedes no record of the life before', async () => {
  const {Generation} = await tablesAfter(mint, claimed(), burn, mint, updated(), claimed({promptHash: CAT}), updated())
  expect(Generation?.map(({promptHash, incarnation, supersededId}) => [promptHash, incarnation, supersededId !== null])).toEqual([
    [CAT, 1, false],
    [CAT, 2, true],
    [DOG, 2, false],
  ])
})

test('an invalidation brings down the record that stands on the proof, also when its token lives again', async () => {
  const {Generation, GenerationEvent} = await tablesAfter(mint, claimed(), verified(), burn, mint, invalidated())
  expect(Generation).toMatchObject([{incarnation: 1, status: 'invalidated'}])
  expect(GenerationEvent?.at(-1)).toMatchObject({kind: 'invalidated', incarnation: 1})
  const again = await tablesAfter(mint, claimed(), verified(), burn, mint, claimed(), invalidated())
  expect(again.Generation).toMatchObject([
    {incarnation: 1, status: 'verified'},
    {incarnation: 2, status: 'invalidated'},
  ])
})

test('a number that the next life is granted again names a licence of that life from then on; within a life the first grant stands', async () => {
  const {License, LicenseEvent} = await tablesAfter(mint, granted(), burn, mint, granted(), granted(), revoked)
  expect(License).toMatchObject([
    {id: `1-${ART}-7`, licenseId: 7n, incarnation: 1, revokedFrom: null},
    {id: `1-${ART}-7-2`, licenseId: 7n, incarnation: 2, revokedFrom: 9n},
  ])
  expect(LicenseEvent?.map(({incarnation, applied, licenseRef}) => [incarnation, applied, licenseRef])).toEqual([
    [1, true, `1-${ART}-7`],
    [2, true, `1-${ART}-7-2`],
    [2, false, `1-${ART}-7-2`],
    [2, true, `1-${ART}-7-2`],
  ])
})

test('a licence of the life before can still be revoked, and stays of that life', async () => {
  const {License, LicenseEvent} = await tablesAfter(mint, granted(), burn, mint, revoked)
  expect(License).toMatchObject([{incarnation: 1, revokedFrom: 9n}])
  expect(LicenseEvent?.at(-1)).toMatchObject({kind: 'revoked', applied: true, incarnation: 1})
})

test('a sublicence is under the parent that has the number by then; who owns the next life holds none of the life before', async () => {
  const root = granted(7n, {licensor: ANN, heldBy: {collection: ART, tokenId: 1n}})
  const sub = granted(8n, {licensor: null, parentLicenseId: 7n})
  const anew = moved(ZERO_ADDRESS, address(0xc))
  expect((await tablesAfter(mint, root, burn, anew, root, sub)).License?.at(-1)).toMatchObject({
    parentId: `1-${ART}-7-2`,
    licensor: address(0xc),
  })
  expect((await tablesAfter(mint, root, burn, anew, sub)).License?.at(-1)).toMatchObject({parentId: `1-${ART}-7`, licensor: BEN})
})

test('a payment and a derivative under a number that was granted again are under the licence that has it by then', async () => {
  const payment = {type: 'royalty.paid', collection: ART, tokenId: 1n, payer: BEN, recipient: ANN, currency: ZERO_ADDRESS} as const
  const paid = {...payment, gross: null, amount: 1n, basis: null, kind: 1, licenseId: 7n, saleRef: null} as const
  const asset = {collection: ART, tokenId: 1n}
  const made = {
    type: 'derivative.registered',
    parent: asset,
    child: {...asset, tokenId: 2n},
    licenseId: 7n,
    royaltyBps: 0,
    relation: 0,
  } as const
  const {RoyaltyPayment, Derivative} = await tablesAfter(mint, granted(), paid, made, burn, mint, paid, granted(), paid, made)
  const [first, second] = [`1-${ART}-7`, `1-${ART}-7-2`]
  expect(RoyaltyPayment?.map(({licenseRef}) => licenseRef)).toEqual([first, first, second])
  expect(Derivative?.map(({licenseRef}) => licenseRef)).toEqual([first, second])
})

test('while it is burned it is the life that ended; before the mint of its own transaction the one that begins', async () => {
  const {License, GenerationEvent} = await foldTables([
    ...inBlock(1, mint, burn, granted(1n)),
    ...inTransaction(2, granted(2n), claimed(), mint),
    ...inTransaction(3, granted(3n), burn, granted(4n), mint),
    ...inTransaction(4, granted(5n), burn),
  ])
  expect(License?.map(({licenseId, incarnation}) => [licenseId, incarnation])).toEqual([
    [1n, 1],
    [2n, 2],
    [3n, 2],
    [4n, 3],
    [5n, 3],
  ])
  expect(GenerationEvent).toMatchObject([{incarnation: 2}])
})

/** From the logs alone: lives that began by then, or that the transaction goes on to begin. */
function naiveIncarnation(events: readonly DomainEvent[], at: number): number {
  let [lives, alive] = [1, true]
  const own = events[at] as DomainEvent
  for (const [i, event] of events.entries()) {
    if (event.type !== 'token.transferred' || (i > at && event.ref.transactionHash !== own.ref.transactionHash)) continue
    const isBurn = event.to === ZERO_ADDRESS
    if (i > at && alive) break
    if (!isBurn && !alive) lives++
    alive = !isBurn
  }
  return lives
}

test('each grant and each claim is of the life that the logs around it tell', async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryLives, async (blocks) => {
      const events = blocks.flat()
      const {GenerationEvent = [], LicenseEvent = []} = await foldTables(events)
      for (const {id, kind, incarnation} of [...GenerationEvent, ...LicenseEvent])
        if (['claimed', 'verified', 'updated', 'granted', 'termsAttached'].includes(kind))
          expect([id, incarnation]).toEqual([
            id,
            naiveIncarnation(
              events,
              events.findIndex(({ref}) => ref.key === id),
            ),
          ])
    }),
    {numRuns: 200, seed: 221},
  )
})

test('where a history of lives is cut between blocks makes no difference [INV-1]', async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryLives, async (blocks) => {
      expect(await foldTables(...blocks)).toStrictEqual(await foldTables(blocks.flat()))
    }),
    {numRuns: 150, seed: 222},
  )
})
