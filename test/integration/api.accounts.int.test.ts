import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {assetId, startApiUnderTest, verified} from '../support/apiUnderTest'
import {CHAIN, GENESIS, SENDER} from '../support/filledDatabase'
import {insertRow, laterKey} from '../support/givenRows'
import {ART, EDITIONS, RANGE} from '../support/randomLogs'

let app: Awaited<ReturnType<typeof startApiUnderTest>>
beforeAll(async () => {
  app = await startApiUnderTest()
})
afterAll(() => app.stop())

const ids = (list: readonly {id: string}[]) => list.map(({id}) => id).sort()

describe('account', () => {
  test('has what it owns, made, holds, moved, may use and was paid', async () => {
    const {account} = await app.answer(
      `query ($a: String!) { account(address: $a) { address chainId assets(first: 500) { nodes { id } } created { totalCount }
        balances(first: 500) { nodes { amount asset { id } } } transfers(first: 500) { totalCount nodes { id from { address } to { address } } }
        licenses(first: 500) { nodes { id } } royaltyPayments(first: 500) { nodes { id } } } }`,
      {a: SENDER.toUpperCase().replace('0X', '0x')},
    )
    expect(account).toMatchObject({
      address: SENDER,
      chainId: null,
      created: {totalCount: app.rows('Asset').filter((r) => r.creator === SENDER).length},
    })
    for (const holder of new Set(app.rows('Transfer').map((t) => t.to))) {
      const answer = await app.answer(
        `query ($a: String!) { account(address: $a) { assets(first: 500) { nodes { id } } balances(first: 500) { nodes { amount } }
          transfers(first: 500) { totalCount nodes { id } } licenses(first: 500) { nodes { emitter { address } licenseId } } royaltyPayments(first: 500) { nodes { id } } } }`,
        {a: holder},
      )
      const own = answer.account
      expect(ids(own.assets.nodes)).toEqual(
        app
          .rows('Asset')
          .filter((r) => r.owner === holder)
          .map((r) => assetId(r.id))
          .sort(),
      )
      expect(own.balances.nodes).toHaveLength(app.rows('Balance').filter((r) => r.account === holder && r.amount !== 0n).length)
      const moved = app.rows('Transfer').filter((r) => r.from === holder || r.to === holder)
      expect(ids(own.transfers.nodes)).toEqual(ids(moved))
      expect(own.transfers.totalCount).toBe(moved.length)
      expect(own.licenses.nodes).toHaveLength(verified(app.rows('License')).filter((r) => r.licensee === holder).length)
      expect(ids(own.royaltyPayments.nodes)).toEqual(ids(verified(app.rows('RoyaltyPayment')).filter((r) => r.recipient === holder)))
    }
  })

  test('on one chain: only what is there, by CAIP-10 or chainId; the two must agree', async () => {
    const owner = app.rows('Asset').find((r) => r.owner !== null)?.owner
    const count = async (args: string) => (await app.answer(`{ account(${args}) { chainId assets { totalCount } } }`)).account
    const all = app.rows('Asset').filter((r) => r.owner === owner).length
    expect(await count(`address: "${owner}"`)).toEqual({chainId: null, assets: {totalCount: all}})
    expect(await count(`address: "eip155:${CHAIN}:${owner}"`)).toEqual({chainId: `eip155:${CHAIN}`, assets: {totalCount: all}})
    expect(await count(`address: "${owner}", chainId: "eip155:1"`)).toEqual({chainId: 'eip155:1', assets: {totalCount: 0}})
    const {errors} = await app.ask(`{ account(address: "eip155:1:${owner}", chainId: "eip155:2") { address } }`)
    expect(errors?.[0]?.extensions).toEqual({code: 'BAD_USER_INPUT'})
  })
})

describe('collection', () => {
  test.each([
    ['a bare address', ART, `eip155:${CHAIN}/erc721:${ART}`],
    ['CAIP-10', `eip155:${CHAIN}:${ART}`, `eip155:${CHAIN}/erc721:${ART}`],
    ['CAIP-19 of another namespace', `eip155:${CHAIN}/erc721:${EDITIONS}`, `eip155:${CHAIN}/erc1155:${EDITIONS}`],
  ])('is found by %s', async (_, id, expected) => {
    const {collection} = await app.answer(
      `query ($id: String!) { collection(id: $id) { id address standard assetCount transferCount assets { totalCount } transfers { totalCount } licenses { totalCount }
        royaltyPayments { totalCount } metadataUpdates { totalCount } upgrades { totalCount } } }`,
      {id},
    )
    const key = `${CHAIN}-${expected.split(':').at(-1)}`
    const of = <R extends {collectionId: string | null}>(rows: readonly R[]) => rows.filter((r) => r.collectionId === key).length
    expect(collection).toMatchObject({
      id: expected,
      assets: {totalCount: of(app.rows('Asset'))},
      transfers: {totalCount: of(app.rows('Transfer'))},
      licenses: {totalCount: of(verified(app.rows('License')))},
      royaltyPayments: {totalCount: of(verified(app.rows('RoyaltyPayment')))},
      metadataUpdates: {totalCount: of(app.rows('MetadataChange'))},
      upgrades: {totalCount: of(app.rows('ContractUpgrade'))},
    })
  })
})

describe('events', () => {
  test('every kind says who logged it and whose word it is', async () => {
    const {provenance} = await app.answer(
      `query ($a: AssetId!) { provenance(assetId: $a, first: 500, includeUnverified: true) { nodes { __typename id emitter { address } authority } } }`,
      {a: assetId(app.rows('LicenseEvent').find((r) => r.authority === 'unverified' && r.assetId)?.assetId as string)},
    )
    const stored = new Map(
      [
        ...app.rows('LicenseEvent'),
        ...app.rows('RoyaltyPayment'),
        ...app.rows('RoyaltyTermsChange'),
        ...app.rows('GenerationEvent'),
        ...app.rows('Derivative'),
        ...app.rows('AttestationEvent'),
        ...app.rows('AccountBinding'),
        ...app.rows('MetadataCommit'),
        // A beacon's upgrade is its own log, in the timeline of every proxy on it.
        ...app.rows('ContractUpgrade').map((r) => ({...r, emitter: r.address, authority: 'self'})),
      ].map((r) => [r.id, r]),
    )
    const authorities = new Set<string>()
    for (const {id, emitter, authority} of provenance.nodes) {
      expect(emitter).toEqual({address: stored.get(id)?.emitter ?? ART})
      expect(authority).toBe((stored.get(id)?.authority ?? 'self').toUpperCase())
      authorities.add(authority)
    }
    expect(authorities).toContain('UNVERIFIED')
    expect(authorities).toContain('SELF')
  })

  test('provenance takes the asset by either name, and one asset', async () => {
    const [a, b] = app.rows('Transfer').map((r) => assetId(r.assetId))
    const {x, y} = await app.answer(
      'query ($a: AssetId) { x: provenance(asset: $a) { nodes { id } } y: provenance(assetId: $a) { nodes { id } } }',
      {a},
    )
    expect(x).toEqual(y)
    expect((await app.ask('{ provenance { nodes { id } } }')).errors?.[0]?.extensions).toEqual({code: 'BAD_USER_INPUT'})
    const two = 'query ($a: AssetId, $b: AssetId) { provenance(asset: $a, assetId: $b) { nodes { id } } }'
    expect(
      (
        await app.ask(two, {
          a,
          b:
            app
              .rows('Transfer')
              .map((r) => assetId(r.assetId))
              .find((id) => id !== a) ?? b,
        })
      ).errors,
    ).toHaveLength(1)
  })

  test('newestFirst turns a timeline round, and its cursors are not those of the other', async () => {
    const key = app.rows('Transfer')[0]?.assetId as string
    const ask = (args: string) =>
      app.ask(`query ($a: AssetId) { provenance(asset: $a, ${args}) { nodes { id } pageInfo { endCursor } } }`, {a: assetId(key)})
    const [old, young] = [(await ask('first: 500')).data?.['provenance'], (await ask('first: 500, newestFirst: true')).data?.['provenance']]
    const listed = (list: unknown) => (list as {nodes: {id: string}[]}).nodes.map(({id}) => id)
    expect(listed(young)).toEqual([...listed(old)].reverse())
    const cursor = (young as unknown as {pageInfo: {endCursor: string}}).pageInfo.endCursor
    expect((await ask(`after: "${cursor}"`)).errors?.[0]?.extensions).toEqual({code: 'BAD_USER_INPUT'})
  })
})

describe('where', () => {
  test('not is the rest of the list, also where a value is missing', async () => {
    const owner = app.rows('Asset').find((r) => r.owner !== null)?.owner
    const count = async (where: string) => (await app.answer(`{ assets(where: ${where}) { totalCount } }`)).assets.totalCount
    const all = app.rows('Asset').length
    expect(await count(`{not: {owner: {eq: "${owner}"}}}`)).toBe(all - (await count(`{owner: {eq: "${owner}"}}`)))
    expect(await count(`{not: {owner: {eq: "${owner}"}}}`)).toBe(await count(`{owner: {ne: "${owner}"}}`))
    expect(await count(`{not: {not: {owner: {eq: null}}}}`)).toBe(app.rows('Asset').filter((r) => r.owner === null).length)
    expect(await count('{mintedAt: {eq: null}}')).toBe(app.rows('Asset').filter((r) => r.mintedAt === null).length)
    expect(await count('{}')).toBe(all)
  })

  test('times need a zone and a calendar', async () => {
    const ask = async (time: string) =>
      (await app.ask(`{ transfers(where: {timestamp: {lte: "${time}"}}) { totalCount } }`)).errors?.[0]?.extensions
    const good = [new Date(GENESIS * 1000).toISOString(), '2026-01-31', '2024-02-29T00:00:00+05:45', '2026-01-31T12:00Z']
    for (const time of good) expect(await ask(time), time).toBeUndefined()
    const bad = ['2026-01-31T12:00:00', '2026-02-31', '2023-02-29T00:00:00Z', '2026-13-01', 'yesterday', '1e9', '2026-01-31T25:00:00Z']
    for (const time of bad) expect(await ask(time), time).toMatchObject({code: 'BAD_USER_INPUT'})
  })
})

describe('ranges that are not written out', () => {
  test('one that ends at the zero address has burned its ids', async () => {
    const collection = `0x${'bb'.repeat(20)}`
    const given = {collectionId: `${CHAIN}-${collection}`, fromTokenId: 0n, toTokenId: 10n ** 70n}
    await insertRow(app.pool, 'RangeTransfer', {id: laterKey(5), ...given, from: `0x${'0'.repeat(40)}`, to: SENDER})
    const ask = async () =>
      (await app.answer(`{ asset(id: "eip155:${CHAIN}/erc721:${collection}/12345") { owner { address } burned } }`)).asset
    expect(await ask()).toEqual({owner: {address: SENDER}, burned: false})
    await insertRow(app.pool, 'RangeTransfer', {id: laterKey(6), ...given, from: SENDER, to: `0x${'0'.repeat(40)}`})
    expect(await ask()).toEqual({owner: null, burned: true})
    expect((await app.answer(`{ asset(id: "eip155:${CHAIN}/erc721:${RANGE}/${2n ** 254n}") { burned } }`)).asset).toEqual({burned: false})
  })
})
