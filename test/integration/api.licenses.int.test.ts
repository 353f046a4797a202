import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import type {LicenseRow} from '../../src/domain/rows'
import {startApiUnderTest} from '../support/apiUnderTest'
import {CHAIN} from '../support/filledDatabase'
import {insertRow, laterKey} from '../support/givenRows'

const address = (n: number) => `0x${n.toString(16).padStart(40, '0')}`
const [CONTRACT, STRANGER, ANN, BEN] = [address(0xf00d), address(0xbad), address(0xa11), address(0xbe1)]
const assetKey = (token: number) => `${CHAIN}-${CONTRACT}-${token}`
const assetId = (token: number) => `eip155:${CHAIN}/erc721:${CONTRACT}/${token}`
const licenseKey = (number: number, emitter = CONTRACT) => `${CHAIN}-${emitter}-${number}`

let app: Awaited<ReturnType<typeof startApiUnderTest>>
beforeAll(async () => {
  app = await startApiUnderTest()
})
afterAll(() => app.stop())

type Grant = Partial<LicenseRow> & Readonly<{number: number; token: number}>

const grant = ({number, token, ...given}: Grant, emitter = CONTRACT) =>
  insertRow(app.pool, 'License', {
    id: licenseKey(number, emitter),
    emitter,
    licenseId: BigInt(number),
    collectionId: `${CHAIN}-${CONTRACT}`,
    assetId: assetKey(token),
    tokenId: BigInt(token),
    licensor: address(1),
    licensee: ANN,
    startTime: 1_000n,
    expiry: 2_000n,
    grantId: laterKey(number),
    ...given,
  })

const check = async (token: number, account: string, seconds: number, extra = '') =>
  (
    await app.answer(
      `query ($a: AssetId!, $c: String!, $t: DateTime) { licenseCheck(asset: $a, account: $c, at: $t ${extra}) {
        permitted reason message isOwner ancestryKnown at license { licenseId } ancestors { licenseId } } }`,
      {a: assetId(token), c: account, t: new Date(seconds * 1000).toISOString()},
    )
  ).licenseCheck

describe('licenseCheck', () => {
  test.each([
    [999, false, 'NOT_YET_STARTED'],
    [1_000, true, 'PERMITTED'],
    [1_500, true, 'PERMITTED'],
    [2_000, true, 'PERMITTED'],
    [2_001, false, 'EXPIRED'],
  ])('start and expiry are inclusive: at %i', async (seconds, permitted, reason) => {
    if (seconds === 999) await grant({number: 1, token: 1})
    expect(await check(1, ANN, seconds)).toMatchObject({permitted, reason, license: {licenseId: '1'}, isOwner: false, ancestryKnown: true})
  })

  test('the holder is whom it was handed to; nobody else', async () => {
    await grant({number: 2, token: 2, licensee: BEN, expiry: null})
    expect(await check(2, BEN.toUpperCase().replace('0X', '0x'), 5_000_000)).toMatchObject({permitted: true})
    expect(await check(2, ANN, 5_000_000)).toMatchObject({permitted: false, reason: 'NO_LICENSE', license: null})
    expect(await check(3, BEN, 5_000_000)).toMatchObject({permitted: false, reason: 'NO_LICENSE'})
  })

  test('a grandparent that is revoked ends it from that second on, and is named', async () => {
    await grant({number: 10, token: 4, licensee: BEN, expiry: null, revokedFrom: 1_500n})
    await grant({number: 11, token: 4, licensee: BEN, expiry: null, parentId: licenseKey(10)})
    await grant({number: 12, token: 4, parentId: licenseKey(11)})
    expect(await check(4, ANN, 1_499)).toMatchObject({permitted: true, license: {licenseId: '12'}})
    const after = await check(4, ANN, 1_500)
    expect(after).toMatchObject({permitted: false, reason: 'ANCESTOR_REVOKED', ancestors: [{licenseId: '11'}, {licenseId: '10'}]})
    expect(after.message).toContain('licence 10')
  })

  test('an ancestor that no log told of takes nothing away, and is said', async () => {
    await grant({number: 20, token: 5, parentId: licenseKey(999)})
    expect(await check(5, ANN, 1_500)).toMatchObject({permitted: true, ancestryKnown: false, ancestors: []})
  })

  test('a loop of parents ends', async () => {
    await grant({number: 30, token: 6, parentId: licenseKey(31)})
    await grant({number: 31, token: 6, licensee: BEN, parentId: licenseKey(30)})
    await grant({number: 32, token: 6, licensee: address(3), parentId: licenseKey(32)})
    expect(await check(6, ANN, 1_500)).toMatchObject({permitted: true, ancestryKnown: false, ancestors: [{licenseId: '31'}]})
    expect(await check(6, address(3), 1_500)).toMatchObject({ancestors: []})
  })

  test('a revocation cannot be buried under sublicences of sublicences [INV-8]', async () => {
    await grant({number: 1_000, token: 7, licensee: BEN, revokedFrom: 1_100n})
    for (let n = 1_001; n <= 1_150; n++) await grant({number: n, token: 7, licensee: n === 1_150 ? ANN : BEN, parentId: licenseKey(n - 1)})
    expect(await check(7, ANN, 1_500)).toMatchObject({permitted: false, reason: 'ANCESTRY_TOO_DEEP', ancestryKnown: false})
  })

  test("a stranger's grant counts only when asked for, and cannot hide a real one", async () => {
    for (let n = 1; n <= 600; n++) await grant({number: n, token: 8, authority: 'unverified', grantId: laterKey(10_000 + n)}, STRANGER)
    expect(await check(8, ANN, 1_500)).toMatchObject({permitted: false, reason: 'NO_LICENSE'})
    expect(await check(8, ANN, 1_500, 'includeUnverified: true')).toMatchObject({permitted: true})
    await grant({number: 40, token: 8, expiry: 1_800n})
    expect(await check(8, ANN, 1_500, 'includeUnverified: true')).toMatchObject({permitted: true, license: {licenseId: expect.any(String)}})
    expect(await check(8, ANN, 1_500)).toMatchObject({permitted: true, license: {licenseId: '40'}})
  })

  test('of several grants the one that serves best is named', async () => {
    await grant({number: 50, token: 9, expiry: 1_100n})
    await grant({number: 51, token: 9, revokedFrom: 1_100n})
    await grant({number: 52, token: 9, startTime: 1_600n, expiry: null})
    expect(await check(9, ANN, 1_500)).toMatchObject({permitted: false, reason: 'NOT_YET_STARTED', license: {licenseId: '52'}})
    expect(await check(9, ANN, 1_600)).toMatchObject({permitted: true, license: {licenseId: '52'}})
  })

  test('owners of ERC-721 tokens, holders of ERC-1155 ones and holders of written-out ranges are told as such', async () => {
    const owned = app.rows('Asset').find((row) => row.owner !== null)
    const held = app.rows('Balance').find((row) => row.amount > 0n)
    const range = app
      .rows('RangeTransfer')
      .filter((row) => row.toTokenId > 10n ** 70n)
      .at(-1)
    const isOwner = async (key: string, account: string | null | undefined) => {
      const [chain, collection, token] = key.split('-')
      const {licenseCheck} = await app.answer(
        'query ($a: AssetId!, $c: String!) { licenseCheck(asset: $a, account: $c) { permitted isOwner } }',
        {
          a: `eip155:${chain}/erc721:${collection}/${token}`,
          c: account,
        },
      )
      return licenseCheck.isOwner
    }
    expect(await isOwner(owned?.id as string, owned?.owner)).toBe(true)
    expect(await isOwner(owned?.id as string, STRANGER)).toBe(false)
    expect(await isOwner(held?.assetId as string, held?.account)).toBe(true)
    expect(await isOwner(`${range?.collectionId}-${2n ** 254n}`, range?.to)).toBe(true)
  })

  test('an account on another chain is not this one', async () => {
    const {errors} = await app.ask('query ($a: AssetId!, $c: String!) { licenseCheck(asset: $a, account: $c) { permitted } }', {
      a: assetId(1),
      c: `eip155:10:${ANN}`,
    })
    expect(errors?.[0]).toMatchObject({
      message: `the account is on eip155:10, the asset on eip155:${CHAIN}`,
      extensions: {code: 'BAD_USER_INPUT'},
    })
  })
})

describe('license', () => {
  test('by id, with its terms, its parent and whether it is active', async () => {
    await grant({number: 60, token: 10, parentId: licenseKey(1), price: 2n ** 200n, exclusivity: 2, revoker: BEN, termsURI: 'ipfs://terms'})
    const {license} = await app.answer(
      `query ($id: String!) { license(id: $id) { id licenseId asset { id } licensor { address } licensee { address } parent { licenseId } parentId
        revoker { address } startTime expiry price currency { address symbol decimals } exclusivity termsURI emitter { address } authority
        early: active(at: "1970-01-01T00:16:39Z") then: active(at: "1970-01-01T00:16:40Z") active } }`,
      {id: `eip155:${CHAIN}:${CONTRACT}/60`},
    )
    expect(license).toMatchObject({
      id: `eip155:${CHAIN}:${CONTRACT}/60`,
      licenseId: '60',
      asset: {id: assetId(10)},
      parent: {licenseId: '1'},
      parentId: `eip155:${CHAIN}:${CONTRACT}/1`,
      revoker: {address: BEN},
      price: String(2n ** 200n),
      exclusivity: 'SOLE',
      termsURI: 'ipfs://terms',
      authority: 'SELF',
      early: false,
      // biome-ignore lint/suspicious/noThenProperty: the name of a field
      then: true,
      active: false,
    })
    expect((await app.answer(`{ license(id: "eip155:${CHAIN}:${CONTRACT}/777") { id } }`)).license).toBeNull()
  })
})
