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
        `query ($c: String) { royaltySummary(groupBy: [DAY, RECIPIENT, ASSET, KIND, CURRENCY], first: 4, after: $c) { ${GROUPED} } }`,
        {c: after},
      )
      seen.push(...royaltySummary)
      if (royaltySummary.length < 4) break
      after = royaltySummary.at(-1).cursor
    }
    const found = seen.map(({amount, paymentCount, recipient, asset, kind, day}) => [
      [recipient?.address, asset?.id, kind, day].join(),
      amount,
      paymentCount,
    ])
    const wanted = [...expected].map(([key, {amount, count}]) => [key, String(amount), String(count)])
    expect(found.length, 'three pages and more').toBeGreaterThan(8)
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
  test('by week, month and licence the sums are those of the payments, to the last unit', async () => {
    const license = `${CHAIN}-${ART}-77`
    const HUGE = 2n ** 256n - 1n
    const times = ['2024-02-25T23:59:59Z', '2024-02-26T00:00:00Z', '2024-02-29T23:59:59Z', '2024-03-01T00:00:00Z', '2024-03-03T23:59:59Z']
    const payer = `0x${'77'.repeat(20)}`
    for (const [i, time] of times.entries())
      await insertRow(app.pool, 'RoyaltyPayment', {
        id: laterKey(20 + i),
        payer,
        recipient: SENDER,
        assetId: `${CHAIN}-${ART}-1`,
        amount: HUGE - BigInt(i),
        timestamp: new Date(time),
        licenseRef: i === 1 ? license : null,
      })
    const of = async (by: string, field: string) =>
      Object.fromEntries(
        (
          await app.answer(`query ($p: Address!) { royaltySummary(groupBy: [${by}], where: {payer: {eq: $p}}) { ${field} amount } }`, {
            p: payer,
          })
        ).royaltySummary.map((sum: Record<string, string>) => [sum[field], sum['amount']]),
      )
    expect(await of('WEEK', 'week')).toEqual({
      '2024-02-19T00:00:00.000Z': String(HUGE),
      '2024-02-26T00:00:00.000Z': String(4n * HUGE - 10n),
    })
    expect(await of('MONTH', 'month')).toEqual({
      '2024-02-01T00:00:00.000Z': String(3n * HUGE - 3n),
      '2024-03-01T00:00:00.000Z': String(2n * HUGE - 7n),
    })
    expect(await of('LICENSE', 'licenseId')).toEqual({
      [`eip155:${CHAIN}:${ART}/77`]: String(HUGE - 1n),
      null: String(4n * HUGE - 9n),
    })
  })

  test.each(['', 'RECIPIENT', 'PAYER, DAY', 'ASSET', 'COLLECTION, KIND', 'LICENSE, ASSET, MONTH', 'WEEK, RECIPIENT, LICENSE'])(
    'every group by %s leads to its payments, and each payment to its log [INV-6]',
    async (by) => {
      const {royaltySummary} = await app.answer(
        `{ royaltySummary(groupBy: [${by}], first: 40, where: {blockNumber: {gte: 0}}) {
             amount paymentCount payments(first: 60, orderBy: [ID_ASC]) { totalCount nodes { id amount authority currency { address } transactionHash logIndex } } } }`,
      )
      expect(royaltySummary.length).toBeGreaterThan(0)
      for (const {amount, paymentCount, payments} of royaltySummary) {
        expect(payments.totalCount).toBe(Number(paymentCount))
        expect(new Set(payments.nodes.map(({currency}: {currency: {address: string}}) => currency.address)).size).toBe(1)
        if (payments.nodes.length < payments.totalCount) continue
        expect(payments.nodes.reduce((sum: bigint, node: {amount: string}) => sum + BigInt(node.amount), 0n)).toBe(BigInt(amount))
      }
      const counted = royaltySummary.reduce((sum: number, {paymentCount}: {paymentCount: string}) => sum + Number(paymentCount), 0)
      if (royaltySummary.length < 40)
        expect(counted).toBe(
          (await app.answer('{ royaltyPayments(where: {blockNumber: {gte: 0}}) { totalCount } }')).royaltyPayments.totalCount,
        )
    },
  )
})

test('a royalty that a sale and a log of its own tell is in a sum twice, and the source tells the two apart', async () => {
  const token = `0x${'c'.repeat(40)}`
  const paid = {
    emitter: ART,
    payer: SENDER,
    recipient: SENDER,
    collectionId: `${CHAIN}-${ART}`,
    assetId: `${CHAIN}-${ART}-1`,
    currency: token,
  }
  const saleRef = `0x${'5'.repeat(64)}`
  await insertRow(app.pool, 'RoyaltyPayment', {...paid, id: laterKey(50), saleRef, saleId: laterKey(49), amount: 25n})
  await insertRow(app.pool, 'RoyaltyPayment', {...paid, id: laterKey(51), saleRef, amount: 25n})
  await insertRow(app.pool, 'RoyaltyPayment', {...paid, id: laterKey(52), amount: 3n})
  const {all, bySource, ofSales} = await app.answer(
    `query ($c: Address!) { all: royaltySummary(where: {currency: {eq: $c}}) { amount source }
      bySource: royaltySummary(groupBy: [SOURCE], where: {currency: {eq: $c}}) { source amount payments { totalCount nodes { source } } }
      ofSales: royaltySummary(where: {currency: {eq: $c}, source: {eq: SALE}}) { amount } }`,
    {c: token},
  )
  expect(all).toEqual([{amount: '53', source: null}])
  expect(bySource).toEqual([
    {source: 'LOG', amount: '28', payments: {totalCount: 2, nodes: [{source: 'LOG'}, {source: 'LOG'}]}},
    {source: 'SALE', amount: '25', payments: {totalCount: 1, nodes: [{source: 'SALE'}]}},
  ])
  expect(ofSales).toEqual([{amount: '25'}])
})
