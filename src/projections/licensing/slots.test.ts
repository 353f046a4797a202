import {describe, expect, test} from 'vitest'
import {foldTables} from '../../../test/support/foldTables'
import {address, eventAt, type Place, type Said} from '../../../test/support/givenEvents'
import type {EventBody, LicenseGranted} from '../../domain/event'
import {ZERO_ADDRESS} from '../../domain/hex'
import {eventKey, licenseNumberAt} from '../../domain/ids'
import type {LicenseTermsRow} from '../../domain/rows'

const [ART, OWNER, ALICE, BOB] = [address(0xa7), address(0x01), address(0xa), address(0xb)]
const timeOf = (block: number) => BigInt(1_700_000_000 + 12 * block)

const rented = (block: number, changes: Partial<LicenseGranted> = {}): LicenseGranted => ({
  type: 'license.granted',
  collection: ART,
  tokenId: 1n,
  licenseId: licenseNumberAt(block, 0),
  slot: 'user 1',
  licensor: null,
  licensee: ALICE,
  parentLicenseId: null,
  revoker: 'licensor',
  startTime: timeOf(block),
  expiry: 4_000_000_000n,
  currency: null,
  price: null,
  exclusivity: 255,
  sublicensable: false,
  transferable: false,
  termsHash: null,
  termsURI: null,
  ...changes,
})
const emptied = (block: number): EventBody => ({
  type: 'license.revoked',
  licenseId: null,
  slot: 'user 1',
  revokedBy: null,
  effectiveAt: timeOf(block),
  reason: null,
})
const owned = (by = OWNER): EventBody => ({
  type: 'token.transferred',
  namespace: 'erc721',
  collection: ART,
  tokenId: 1n,
  from: ZERO_ADDRESS,
  to: by,
  amount: 1n,
  operator: null,
})
/** Each in a block and a batch of its own, and all in one batch: the same. */
async function tablesAfter(...said: readonly EventBody[]) {
  const events = said.map((body, i) => eventAt({block: i + 1} satisfies Place, body, {emitter: ART} satisfies Exclude<Said, EventBody>[1]))
  const tables = await foldTables(...events.map((event) => [event]))
  expect(await foldTables(events)).toStrictEqual(tables)
  return tables
}

describe('a place where one licence is at a time', () => {
  test('the next one ends the one before with its block; who owns the token granted both', async () => {
    const {License, LicenseSlot} = await tablesAfter(owned(), rented(2), rented(3, {licensee: BOB}))
    expect(License).toMatchObject([
      {licensee: ALICE, licensor: OWNER, revoker: OWNER, revokedFrom: timeOf(3), revocationReason: 'replaced', slotRef: `1-${ART}-user 1`},
      {licensee: BOB, licensor: OWNER, revokedFrom: null},
    ])
    expect(LicenseSlot).toEqual([{id: `1-${ART}-user 1`, licenseRef: License?.[1]?.id}])
  })

  test('case 18: UpdateUser(0) before the Transfer of a rented token ends the rental of the owner until then', async () => {
    const {License, LicenseEvent} = await tablesAfter(owned(), rented(2), emptied(3), owned(BOB))
    expect(License).toMatchObject([{licensor: OWNER, revokedFrom: timeOf(3), revocationId: eventKey(1, 3, 0, 0)}])
    expect(LicenseEvent?.[1]).toMatchObject({kind: 'revoked', applied: true, assetId: `1-${ART}-1`})
  })

  test('what ran out before takes no harm by the next, nor by an end that comes late', async () => {
    const {License, LicenseEvent} = await tablesAfter(owned(), rented(2, {expiry: timeOf(2)}), emptied(3), rented(4))
    expect(License?.map(({revokedFrom}) => revokedFrom)).toEqual([null, null])
    expect(LicenseEvent?.[1]).toMatchObject({applied: false, note: 'already_expired'})
  })

  test('an empty place has nothing to end', async () => {
    const {LicenseEvent} = await tablesAfter(emptied(1))
    expect(LicenseEvent).toMatchObject([{applied: false, note: 'unknown_license', licenseRef: null, authority: 'unverified'}])
  })
})

describe('a licensor that no log tells', () => {
  const root = (changes: Partial<LicenseGranted> = {}) => rented(2, {slot: undefined, licenseId: 1n, ...changes})
  test('held the parent, at that moment', async () => {
    const moved: EventBody = {type: 'license.transferred', licenseId: 1n, from: null, to: BOB}
    const sub = rented(4, {slot: undefined, licenseId: 2n, parentLicenseId: 1n, licensee: address(0xd)})
    const {License} = await tablesAfter(owned(), root(), moved, sub)
    expect(License?.map(({licensor, licensee}) => [licensor, licensee])).toEqual([
      [OWNER, BOB],
      [BOB, address(0xd)],
    ])
  })

  test('is who sent the transaction, where the licence goes to the owner or nobody is known to own', async () => {
    const sender = address(0xfee)
    expect((await tablesAfter(owned(ALICE), root())).License).toMatchObject([{licensor: sender}])
    expect((await tablesAfter(root())).License).toMatchObject([{licensor: sender}])
  })
})

describe('terms', () => {
  const terms = {template: ART, termsId: 3n}
  const registered = (changes: object = {}): EventBody => ({
    type: 'licenseTerms.registered',
    ...terms,
    termsHash: `0x${'7e'.repeat(32)}` as LicenseTermsRow['termsHash'] as never,
    termsURI: 'ipfs://pil',
    currency: null,
    price: null,
    royaltyBps: 500,
    duration: null,
    transferable: true,
    commercialUse: true,
    derivativesAllowed: true,
    ...changes,
  })

  test('stand as first registered, and fill in what a grant under them leaves out', async () => {
    const grant = rented(3, {slot: undefined, transferable: null, terms})
    const {License, LicenseTerms, LicenseEvent} = await tablesAfter(registered(), registered({royaltyBps: 9_999}), grant)
    expect(LicenseTerms).toMatchObject([{id: `1-${ART}-3`, royaltyBps: 500}])
    expect(LicenseEvent?.[1]).toMatchObject({kind: 'termsRegistered', applied: false, note: 'duplicate_terms'})
    expect(License).toMatchObject([{termsRef: `1-${ART}-3`, termsURI: 'ipfs://pil', transferable: true}])
  })

  test('take nothing back of what the grant itself says; where neither tells, a licence is not handed on', async () => {
    const grant = (block: number, transferable: boolean | null, known = terms) =>
      rented(block, {slot: undefined, licenseId: BigInt(block), transferable, terms: known})
    const unknown = {...terms, termsId: 4n}
    const {License} = await tablesAfter(registered(), grant(2, false), grant(3, true), grant(4, null), grant(5, null, unknown))
    expect(License?.map(({licenseId, transferable}) => [licenseId, transferable])).toEqual([
      [2n, false],
      [3n, true],
      [4n, true],
      [5n, false],
    ])
  })

  test("a stranger's are none", async () => {
    const {LicenseTerms, LicenseEvent} = await foldTables([eventAt({}, registered(), {emitter: BOB, authority: 'unverified'})])
    expect(LicenseTerms).toBeUndefined()
    expect(LicenseEvent).toMatchObject([{applied: false, note: 'not_vouched_for'}])
  })
})

test('a licence is used up once, and that is not a revocation', async () => {
  const used: EventBody = {type: 'license.exercised', licenseId: licenseNumberAt(1, 0), by: ALICE}
  const {License, LicenseEvent} = await tablesAfter(rented(1), used, used)
  expect(License).toMatchObject([{exercisedAt: timeOf(2), exerciseId: eventKey(1, 2, 0, 0), revokedFrom: null}])
  expect(LicenseEvent?.slice(1).map(({applied, note}) => [applied, note])).toEqual([
    [true, null],
    [false, 'already_exercised'],
  ])
})
