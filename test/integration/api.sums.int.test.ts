import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {assetId, startApiUnderTest, verified} from '../support/apiUnderTest'
import {CHAIN, GENESIS, SENDER} from '../support/filledDatabase'
import {insertRow, laterKey} from '../support/givenRows'
import {ART} from '../support/randomLogs'

let app: Awaited<ReturnType<typeof startApiUnderTest>>
beforeAll(async () => {
  app = await startApiUnderTest()
})
afterAll(() => app.stop())

describe('royaltySummary', () => {
  type Sum = Readonly<{
    cursor: string
    amount: string
    paymentCount: string
    recipient: {address: string} | null
    asset: {id: string} | null
    kind: string | null
    day: string | null
  }>
  const GROUPED = 'cursor amount paymentCount recipient { address } asset { id } kind day currency { address }'

  test('page by page it is every group once, each the naive sum of its payments [INV-6]', async () => {
    await insertRow(app.pool, 'RoyaltyPayment', {
      id: laterKey(1),
      emitter: ART,
      payer: SENDER,
      recipient: SENDER,
      collectionId: `${CHAIN}-${ART}`,
      assetId: `${CHAIN}-${ART}-1`,
      currency: `0x${'0'.repeat(40)}`,
      kind: 7,
      amount: 5n,
    })
    await insertRow(app.pool, 'RoyaltyPayment', {
      id: laterKey(2),
      emitter: ART,
      payer: SENDER,
      recipient: SENDER,
      collectionId: `${CHAIN}-${ART}`,
      assetId: `${CHAIN}-${ART}-1`,
      currency: `0x${'0'.repeat(40)}`,
      kind: 9,
      amount: 6n,
    })
    const paid = [
      ...verified(app.rows('RoyaltyPayment')).map((p) => ({...p})),
      ...[5n, 6n].map((amount) => ({
        recipient: SENDER,
        assetId: `${CHAIN}-${ART}-1`,
        kind: 7,
        amount,
        timestamp: new Date(GENESIS * 1000),
      })),
    ]
    const expected = new Map<string, {amount: bigint; count: number}>()
    const KINDS = ['SALE', 'LICENSE_FEE', 'DERIVATIVE_SHARE', 'OTHER']
    for (const p of paid) {
      const key = [
        p.recipient,
        assetId(p.assetId),
        KINDS[Math.min(p.kind, 3)],
        `${p.timestamp.toISOString().slice(0, 10)}T00:00:00.000Z`,
      ].join()
      const sum = expected.get(key) ?? {amount: 0n, count: 0}
      expected.set(key, {amount: sum.amount + p.amount, count: sum.count + 1})
    }
    const seen: Sum[] = []
    for (let after: string | null = null; ; ) {
      const {royaltySummary} = await app.answer(
        `query ($c: String) { royaltySummary(groupBy: [DAY, RECIPIENT, ASSET, KIND, CURRENCY], first: 7, after: $c) { ${GROUPED} } }`,
        {c: after},
      )
      seen.push(...royaltySummary)
      if (royaltySummary.length < 7) break
      after = royaltySummary.at(-1).cursor
    }
    const found = seen.map(({amount, paymentCount, recipient, asset, kind, day}) => [
      [recipient?.address, asset?.id, kind, day].join(),
      amount,
      paymentCount,
    ])
    const wanted = [...expected].map(([key, {amount, count}]) => [key, String(amount), String(count)])
    expect(found.length).toBeGreaterThan(14)
    expect(found.map(String).sort()).toEqual(wanted.map(String).sort())
    const amounts = seen.map(({amount}) => BigInt(amount))
    expect(amounts.every((amount, i) => i === 0 || amount <= (amounts[i - 1] as bigint))).toBe(true)
  })

  test("a cursor belongs to its groups; strangers' payments count only when asked for", async () => {
    const first = (await app.answer(`{ royaltySummary(groupBy: [RECIPIENT], first: 1) { ${GROUPED} } }`)).royaltySummary[0]
    const {errors} = await app.ask('query ($c: String) { royaltySummary(groupBy: [PAYER], after: $c) { amount } }', {c: first.cursor})
    expect(errors?.[0]?.extensions).toEqual({code: 'BAD_USER_INPUT'})
    const count = async (include: boolean) =>
      Number((await app.answer(`{ royaltySummary(includeUnverified: ${include}) { paymentCount } }`)).royaltySummary[0].paymentCount)
    expect((await count(true)) - (await count(false))).toBe(app.rows('RoyaltyPayment').filter((p) => p.authority === 'unverified').length)
  })
})
