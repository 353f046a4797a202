import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import type {Rows} from '../../src/domain/rows'
import {assetId, FINALIZED, HEAD, startApiUnderTest, verified} from '../support/apiUnderTest'
import {CHAIN} from '../support/filledDatabase'
import {insertRow, laterKey} from '../support/givenRows'

let app: Awaited<ReturnType<typeof startApiUnderTest>>
beforeAll(async () => {
  app = await startApiUnderTest()
})
afterAll(() => app.stop())

describe('figures', () => {
  test('royaltySummary is exact, for every grouping [INV-6]', async () => {
    const paid = verified(app.rows('RoyaltyPayment'))
    const total = paid.reduce((sum, p) => sum + p.amount, 0n)
    for (const groupBy of ['', 'RECIPIENT', 'PAYER', 'COLLECTION', 'ASSET', 'KIND', 'DAY', 'RECIPIENT, KIND']) {
      const {royaltySummary} = await app.answer(
        `{ royaltySummary(groupBy: [${groupBy}], first: 1000) { amount paymentCount recipient { address } currency { address symbol } } }`,
      )
      expect(royaltySummary.reduce((sum: bigint, g: {amount: string}) => sum + BigInt(g.amount), 0n)).toBe(total)
      expect(royaltySummary.reduce((sum: number, g: {paymentCount: string}) => sum + Number(g.paymentCount), 0)).toBe(paid.length)
    }
    const {royaltySummary} = await app.answer('{ royaltySummary(groupBy: [RECIPIENT]) { amount recipient { address } } }')
    for (const {amount, recipient} of royaltySummary)
      expect(amount).toBe(String(paid.filter((p) => p.recipient === recipient.address).reduce((sum, p) => sum + p.amount, 0n)))
  })

  test('a where of royaltySummary is that of royaltyPayments', async () => {
    const recipient = verified(app.rows('RoyaltyPayment'))[0]?.recipient
    const {royaltySummary, royaltyPayments} = await app.answer(
      'query ($w: RoyaltyPaymentWhere) { royaltySummary(where: $w) { paymentCount } royaltyPayments(where: $w, first: 500) { totalCount nodes { amount gross recipient { address } } } }',
      {w: {recipient: {eq: recipient}, blockNumber: {lte: 12}}},
    )
    expect(Number(royaltySummary[0]?.paymentCount ?? 0)).toBe(royaltyPayments.totalCount)
  })

  test('status tells the blocks and what could not be read', async () => {
    const {status} = await app.answer(
      '{ status { chains { chainId indexedBlock { number hash } finalizedBlock { number } decodeFailureCount } } }',
    )
    expect(status.chains).toEqual([
      {
        chainId: `eip155:${CHAIN}`,
        indexedBlock: {number: HEAD, hash: app.rows('Block')[HEAD]?.hash},
        finalizedBlock: {number: FINALIZED},
        decodeFailureCount: String(app.rows('DecodeFailure').length),
      },
    ])
  })
})

describe('licences and lineage', () => {
  test('licenseCheck names the grant, or why there is none', async () => {
    const license = verified(app.rows('License')).find((l) => l.revokedFrom === null)
    const check = async (account: string, at: string) =>
      (
        await app.answer(
          'query ($a: AssetId!, $c: String!, $t: DateTime) { licenseCheck(asset: $a, account: $c, at: $t) { permitted reason message license { id licensee { address } } } }',
          {
            a: assetId(license?.assetId as string),
            c: account,
            t: at,
          },
        )
      ).licenseCheck
    expect(await check(`0x${'77'.repeat(20)}`, '2030-01-01T00:00:00Z')).toMatchObject({
      permitted: false,
      reason: 'NO_LICENSE',
      license: null,
    })
    const before = await check(license?.licensee as string, '2001-01-01T00:00:00Z')
    expect(before).toMatchObject({permitted: false, reason: 'NOT_YET_STARTED', license: {licensee: {address: license?.licensee}}})
    const started = await check(`eip155:${CHAIN}:${license?.licensee}`, new Date(Number(license?.startTime) * 1000).toISOString())
    expect(started.license.licensee.address).toBe(license?.licensee)
  })

  test('active agrees with the tree: a revoked ancestor ends what hangs on it', async () => {
    const byId = new Map(app.rows('License').map((l) => [l.id, l]))
    const at = 1_900_000_000n
    const isActive = (id: string): boolean => {
      const own = byId.get(id)
      const seen = new Set<string>()
      for (let l = own; l && !seen.has(l.id); l = l.parentId ? byId.get(l.parentId) : undefined) {
        seen.add(l.id)
        if (l.revokedFrom !== null && l.revokedFrom <= at) return false
      }
      return own !== undefined && own.startTime <= at && (own.expiry === null || own.expiry >= at)
    }
    const {licenses} = await app.answer(
      `{ licenses(first: 500, includeUnverified: true) { nodes { id licenseId emitter { address } active(at: "${new Date(Number(at) * 1000).toISOString()}") } } }`,
    )
    const states = new Set<boolean>()
    for (const {licenseId, emitter, active} of licenses.nodes) {
      expect(active).toBe(isActive(`${CHAIN}-${emitter.address}-${licenseId}`))
      states.add(active)
    }
    expect(states.size, 'both outcomes occur').toBe(2)
  })

  test('lineage walks both ways, ends in loops, and says when it stops short', async () => {
    const edges = verified(app.rows('Derivative'))
    const root = edges[0]?.parentAssetId as string
    const reach = (from: 'parentAssetId' | 'childAssetId', to: 'parentAssetId' | 'childAssetId') => {
      const found = new Set<string>()
      const seen = new Set([root])
      for (let frontier = [root]; frontier.length > 0; ) {
        const next = edges.filter((e) => frontier.includes(e[from] as string))
        for (const e of next) found.add(e.id)
        frontier = [...new Set(next.map((e) => e[to] as string))].filter((k) => !seen.has(k))
        for (const k of frontier) seen.add(k)
      }
      return [...found].sort()
    }
    const lineage = async (args: string) =>
      (
        await app.answer(
          `query ($a: AssetId!) { lineage(asset: $a, ${args}) { truncated edges { id relation parent { id } child { id } } nodes { id } } }`,
          {a: assetId(root)},
        )
      ).lineage
    const down = await lineage('direction: DESCENDANTS, maxDepth: 32, first: 1000')
    expect(down.edges.map((e: {id: string}) => e.id)).toEqual(reach('parentAssetId', 'childAssetId'))
    expect(down.truncated).toBe(false)
    const up = await lineage('direction: ANCESTORS, maxDepth: 32, first: 1000')
    expect(up.edges.map((e: {id: string}) => e.id)).toEqual(reach('childAssetId', 'parentAssetId'))
    expect(await lineage('direction: DESCENDANTS, first: 1')).toMatchObject({truncated: down.edges.length > 1})
  })

  test('lineage has an edge once, as it was told first, however often it is told: copies take no room from what lies beyond', async () => {
    const chain = [1n, 2n, 3n].map((token) => `${CHAIN}-0x${'55'.repeat(20)}-${token}`)
    const told = (n: number, child: number, more: Partial<Rows['Derivative']> = {}) =>
      insertRow(app.pool, 'Derivative', {
        ...{id: laterKey(n), childAssetId: chain[child] as string, parentAssetId: chain[child - 1] as string},
        ...more,
      })
    for (let n = 0; n < 4; n++) await told(n, 2)
    await told(4, 1)
    await told(5, 2, {relation: 3})
    const {lineage} = await app.answer(
      `{ lineage(asset: "eip155:${CHAIN}/erc721:0x${'55'.repeat(20)}/3", first: 3) { truncated edges { id } } }`,
    )
    expect(lineage).toEqual({truncated: false, edges: [0, 4, 5].map((n) => ({id: laterKey(n)}))})
  })
})
