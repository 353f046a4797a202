import {describe, expect, test} from 'vitest'
import {foldTables} from '../../../test/support/foldTables'
import {address, hash, oneByOne, type Said, type Speaker} from '../../../test/support/givenEvents'
import type {LicenseGranted, LicenseRevoked, LicenseTransferred} from '../../domain/event'
import {ZERO_ADDRESS} from '../../domain/hex'
import {eventKey} from '../../domain/ids'
import {MAX_UINT256} from '../../domain/uint256'

const ART = address(0xa7)
const [OWNER, ALICE, BOB] = [address(0x01), address(0xa), address(0xb)]
const REGISTRY: Speaker = {emitter: ART, authority: 'self', standard: 'reference'}

const granted = (changes: Partial<LicenseGranted> = {}): LicenseGranted => ({
  type: 'license.granted',
  collection: ART,
  tokenId: 1n,
  licenseId: 7n,
  licensor: OWNER,
  licensee: ALICE,
  parentLicenseId: null,
  revoker: OWNER,
  startTime: 1_700_000_000n,
  expiry: null,
  currency: ZERO_ADDRESS,
  price: MAX_UINT256,
  exclusivity: 1,
  sublicensable: true,
  transferable: false,
  termsHash: hash(0x7e),
  termsURI: 'ipfs://terms',
  ...changes,
})
const revoked = (effectiveAt: bigint, licenseId = 7n): LicenseRevoked => ({
  type: 'license.revoked',
  licenseId,
  revokedBy: OWNER,
  effectiveAt,
  reason: 'breach',
})
const moved = (from = ALICE, to = BOB, licenseId = 7n): LicenseTransferred => ({type: 'license.transferred', licenseId, from, to})

const key = (block: number) => eventKey(1, block, 0, 0)
const timeOf = (block: number) => new Date((1_700_000_000 + 12 * block) * 1000)
const id = (emitter: string, licenseId = 7) => `1-${emitter}-${licenseId}`
const tablesAfter = (...said: readonly Said[]) => foldTables(...oneByOne(said.map((one): Said => ('type' in one ? [one, REGISTRY] : one))))

test('a grant makes a licence with its terms', async () => {
  const {License, LicenseEvent} = await tablesAfter(granted({parentLicenseId: 3n}))
  expect(License).toEqual([
    {
      id: id(ART),
      chainId: 1n,
      emitter: ART,
      authority: 'self',
      standard: 'reference',
      licenseId: 7n,
      collectionId: `1-${ART}`,
      assetId: `1-${ART}-1`,
      tokenId: 1n,
      incarnation: 1,
      licensor: OWNER,
      licensee: ALICE,
      heldByAssetId: null,
      parentId: id(ART, 3),
      revoker: OWNER,
      startTime: 1_700_000_000n,
      expiry: null,
      currency: ZERO_ADDRESS,
      price: MAX_UINT256,
      exclusivity: 1,
      sublicensable: true,
      transferable: false,
      termsHash: hash(0x7e),
      termsURI: 'ipfs://terms',
      termsRef: null,
      rights: null,
      slotRef: null,
      grantId: key(1),
      grantedAt: timeOf(1),
      revokedFrom: null,
      revokedBy: null,
      revocationReason: null,
      revocationId: null,
      exercisedAt: null,
      exerciseId: null,
      lastEventId: key(1),
    },
  ])
  expect(LicenseEvent).toEqual([
    {
      id: key(1),
      chainId: 1n,
      blockNumber: 1,
      logIndex: 0,
      timestamp: timeOf(1),
      transactionHash: hash(1000),
      emitter: ART,
      standard: 'reference',
      authority: 'self',
      kind: 'granted',
      licenseRef: id(ART),
      termsRef: null,
      collectionId: `1-${ART}`,
      assetId: `1-${ART}-1`,
      tokenId: 1n,
      incarnation: 1,
      from: OWNER,
      to: ALICE,
      effectiveAt: null,
      reason: null,
      applied: true,
      note: null,
    },
  ])
})

test('a second grant of a number changes nothing and is kept as a log', async () => {
  const first = await tablesAfter(granted())
  const {License, LicenseEvent} = await tablesAfter(granted(), granted({licensee: BOB, tokenId: 2n}))
  expect(License).toEqual(first.License)
  expect(LicenseEvent?.[1]).toMatchObject({kind: 'granted', to: BOB, tokenId: 2n, applied: false, note: 'duplicate_grant'})
})

describe('revocation', () => {
  test('it holds from the time it names, also in the future', async () => {
    const {License, LicenseEvent} = await tablesAfter(granted(), revoked(1_800_000_000n))
    expect(License).toMatchObject([
      {
        revokedFrom: 1_800_000_000n,
        revokedBy: OWNER,
        revocationReason: 'breach',
        revocationId: key(2),
        lastEventId: key(2),
        licensee: ALICE,
      },
    ])
    expect(LicenseEvent?.[1]).toMatchObject({
      kind: 'revoked',
      from: OWNER,
      to: null,
      effectiveAt: 1_800_000_000n,
      reason: 'breach',
      applied: true,
      note: null,
      authority: 'self',
      assetId: `1-${ART}-1`,
    })
  })

  test('a second one can bring the end forward and never put it off', async () => {
    const {License, LicenseEvent} = await tablesAfter(granted(), revoked(2_000n), revoked(3_000n), revoked(2_000n))
    expect(License).toMatchObject([{revokedFrom: 2_000n, revocationId: key(2), lastEventId: key(2)}])
    expect(LicenseEvent?.slice(2)).toMatchObject([
      {applied: false, note: 'already_revoked'},
      {applied: false, note: 'already_revoked'},
    ])
    expect((await tablesAfter(granted(), revoked(2_000n), revoked(1_000n))).License).toMatchObject([
      {revokedFrom: 1_000n, revocationId: key(3)},
    ])
  })

  test('case 13: a revoked grandparent is not copied to its descendants', async () => {
    const {License} = await tablesAfter(
      granted({licenseId: 1n}),
      granted({licenseId: 2n, parentLicenseId: 1n}),
      granted({licenseId: 3n, parentLicenseId: 2n}),
      revoked(5n, 1n),
    )
    expect(License?.map((row) => [row.licenseId, row.parentId, row.revokedFrom])).toEqual([
      [1n, null, 5n],
      [2n, id(ART, 1), null],
      [3n, id(ART, 2), null],
    ])
  })
})

describe('transfer', () => {
  test('it makes a new holder, before and after a revocation', async () => {
    const {License, LicenseEvent} = await tablesAfter(granted(), moved(), revoked(5n), moved(BOB, OWNER))
    expect(License).toMatchObject([{licensee: OWNER, licensor: OWNER, revokedFrom: 5n, lastEventId: key(4)}])
    expect(LicenseEvent?.[1]).toMatchObject({kind: 'transferred', from: ALICE, to: BOB, applied: true, note: null, tokenId: 1n})
  })

  test('from somebody else than the known holder it holds as logged', async () => {
    const {License, LicenseEvent} = await tablesAfter(granted(), moved(address(0x999), BOB))
    expect([License?.[0]?.licensee, LicenseEvent?.[1]?.from, LicenseEvent?.[1]?.applied]).toEqual([BOB, address(0x999), true])
  })
})

test('a licence that no grant told of: the log is kept, nobody vouches for it', async () => {
  const {License, LicenseEvent} = await tablesAfter(revoked(5n), moved())
  expect(License).toBeUndefined()
  const unknown = {
    authority: 'unverified',
    applied: false,
    note: 'unknown_license',
    licenseRef: id(ART),
    collectionId: null,
    assetId: null,
    tokenId: null,
  }
  expect(LicenseEvent).toMatchObject([
    {kind: 'revoked', ...unknown},
    {kind: 'transferred', ...unknown},
  ])
})

test('a licence that its asset holds is licensed on by whoever owns the asset by then', async () => {
  const transferred = (from: string, to: string): Said =>
    ({type: 'token.transferred', namespace: 'erc721', collection: ART, tokenId: 1n, from, to, amount: 1n, operator: null}) as Said
  const below = (parent: Partial<LicenseGranted>) =>
    tablesAfter(
      transferred(ZERO_ADDRESS, ALICE),
      granted({licensor: null, licensee: ALICE, ...parent}),
      transferred(ALICE, BOB),
      granted({licenseId: 8n, licensor: null, parentLicenseId: 7n}),
    )
  const licensors = async (parent: Partial<LicenseGranted>) =>
    (await below(parent)).License?.map(({licenseId, licensor}) => [licenseId, licensor])
  expect((await licensors({heldBy: {collection: ART, tokenId: 1n}}))?.[1]).toEqual([8n, BOB])
  expect((await licensors({}))?.[1]).toEqual([8n, ALICE])
})

test('a grant does not reach back to logs before it', async () => {
  expect((await tablesAfter(revoked(5n), granted())).License).toMatchObject([{revokedFrom: null, lastEventId: key(2)}])
})

test("case 16: a stranger's grant is unverified, and its revocations and transfers never touch the contract's own licence", async () => {
  const stranger: Speaker = {emitter: address(0xbad), authority: 'unverified', standard: 'reference'}
  // Revocations and transfers name no asset, so the pipeline calls every one of them its emitter's own word.
  const strangerSelf: Speaker = {...stranger, authority: 'self'}
  const own = await tablesAfter(granted())
  const {License, LicenseEvent} = await tablesAfter(
    granted(),
    [granted({licensee: BOB}), stranger],
    [revoked(1n), strangerSelf],
    [moved(ALICE, BOB), strangerSelf],
  )
  expect(License?.find((row) => row.emitter === ART)).toEqual(own.License?.[0])
  expect(License?.find((row) => row.emitter !== ART)).toMatchObject({id: id(address(0xbad)), authority: 'unverified', revokedFrom: 1n})
  expect(LicenseEvent?.map((row) => row.authority)).toEqual(['self', 'unverified', 'unverified', 'unverified'])
})
