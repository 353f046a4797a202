import {getIntrospectionQuery} from 'graphql'
import {Pool} from 'pg'
import {pino} from 'pino'
import {afterAll, beforeAll, test} from 'vitest'
import {createApi} from '../../src/api/createApi'
import {askOf, assetId, handlerOver, startApiUnderTest} from '../support/apiUnderTest'
import {CHAIN} from '../support/filledDatabase'

let app: Awaited<ReturnType<typeof startApiUnderTest>>
beforeAll(async () => {
  app = await startApiUnderTest()
})
afterAll(() => app.stop())
const show = (name: string, v: unknown) => console.log(`### ${name}: ${JSON.stringify(v)?.slice(0, 600)}`)
test('probe', async () => {
  const small = new Pool({connectionString: app.url, max: 2, connectionTimeoutMillis: 3000})
  const t0 = Date.now()
  const r = await Promise.all(
    Array.from({length: 10}, () => askOf(handlerOver.length ? cold : cold, '{ assets(first: 1) { nodes { id } } }')),
  )
  function noop() {}
  show('A deadlock ms', [Date.now() - t0, r.map((x) => x.errors?.[0]?.message ?? 'ok')])
  await small.end()
  // B
  const locker = await app.pool.connect()
  await locker.query('BEGIN; LOCK TABLE transfer IN ACCESS EXCLUSIVE MODE')
  const quick = createApi({
    pool: app.pool,
    chainIds: [CHAIN],
    cors: [],
    introspection: true,
    logger: pino({level: 'silent'}),
    statementTimeoutMs: 300,
  })
  show('B timeout', await askOf(quick, '{ assets(first: 1) { nodes { id } } transfers(first: 1) { nodes { id } } }'))
  await locker.query('ROLLBACK')
  locker.release()
  // C
  await app.pool.query(`UPDATE asset SET minted_at = NULL, mint_id = NULL WHERE id IN (SELECT id FROM asset ORDER BY id LIMIT 4)`)
  let c: string | null = null
  const seen = []
  for (let i = 0; i < 80; i++) {
    const x: any = await app.ask(
      'query($c: String){ assets(first: 2, after: $c, orderBy: MINTED_AT_ASC) { nodes { id } pageInfo { hasNextPage endCursor } } }',
      {c},
    )
    if (x.errors) {
      show('C', x.errors)
      break
    }
    seen.push(...x.data.assets.nodes)
    c = x.data.assets.pageInfo.endCursor
    if (!x.data.assets.pageInfo.hasNextPage) break
  }
  show('C seen', [seen.length, app.rows('Asset').length])
  show('D', await app.ask('{ assets(where: {mintedAt: {eq: null}}) { totalCount } }'))
  // E
  let queries = 0
  const counting = new Pool({connectionString: app.url, max: 2})
  counting.on('connect', (client) => {
    const q = client.query.bind(client)
    client.query = ((...a: unknown[]) => {
      queries += 1
      return (q as any)(...a)
    }) as any
  })
  const api = handlerOver(counting)
  for (const q of [
    '{ assets(first: 20) { nodes { provenance(first: 3) { nodes { id } } } } }',
    '{ assets(first: 20) { nodes { transfers(first: 1) { totalCount } } } }',
    '{ licenses(first: 20, includeUnverified: true) { nodes { active } } }',
  ]) {
    queries = 0
    const x = await askOf(api, q)
    show('E ' + q, [queries, x.errors])
  }
  await counting.end()
  // F
  const a = assetId(app.rows('Derivative')[0]!.parentAssetId)
  show(
    'F lineage',
    (
      await app.ask(
        'query($a: AssetId!){ lineage(asset: $a, first: 1000, maxDepth: 32) { nodes { transfers(first: 500) { nodes { id asset { id } } } } } }',
        {a},
      )
    ).errors,
  )
  show(
    'F summary',
    (await app.ask('{ royaltySummary(groupBy: [ASSET], first: 1000) { asset { transfers(first: 500) { nodes { id } } } } }')).errors,
  )
  // G
  const cur = Buffer.from(JSON.stringify(['v1', '-timestamp,-id', '2026-99-99 00:00:00+00', 'x'])).toString('base64url')
  show('G', (await app.ask('query($c: String){ transfers(after: $c) { nodes { id } } }', {c: cur})).errors)
  // H
  show('H1', (await app.ask('query($a: AssetId!){ asset(id: $a) { id } }', {a: 'nonsense'})).errors)
  show('H2', (await app.ask('query($a: Int){ transfers(first: $a) { nodes { id } } }', {a: 'nonsense'})).errors)
  show('H2b', (await app.ask('{ transfers(first: "x") { nodes { id } } }')).errors)
  show('H2c', (await app.ask('{ transfers( ')).errors)
  let deep: unknown = {}
  for (let i = 0; i < 20000; i++) deep = {not: deep}
  try {
    show('H3', (await app.ask('query($w: TransferWhere){ transfers(where: $w) { nodes { id } } }', {w: deep})).errors)
  } catch (e) {
    show('H3 threw', String(e))
  }
  const wide = {or: Array.from({length: 8000}, (_, i) => ({blockNumber: {eq: i}}))}
  const t1 = Date.now()
  show('H4', [(await app.ask('query($w: TransferWhere){ transfers(where: $w) { nodes { id } } }', {w: wide})).errors, Date.now() - t1])
  show(
    'H5',
    (await app.ask('{ decodeFailures(where: {timestamp: {gt: "2026-02-31"}, blockNumber: {gt: 2147483648}}) { totalCount } }')).errors,
  )
  show('H6', (await app.ask('{ transfers(where: {timestamp: {gt: "0000-01-01"}, amount: {lt: "1e5"}}) { totalCount } }')).errors)
  show('H7', await app.ask('{ transfers(where: {timestamp: {gt: "0000-01-01"}}) { totalCount } }'))
  show('H8', await app.ask('{ transfers(where: {timestamp: {gt: "9999-12-31T23:59:59"}}) { totalCount } }'))
  // I
  const owner = app.rows('Asset').find((x) => x.owner)!.owner
  show('I', await app.ask(`{ account(address: "eip155:1:${owner}") { assets { totalCount } } }`))
  show(
    'J',
    await app.ask(
      `{ a: assets(where: {owner: {ne: "${owner}"}}) { totalCount } b: assets(where: {not: {owner: {eq: "${owner}"}}}) { totalCount } }`,
    ),
  )
  // N
  show(
    'N',
    (
      await app.ask(
        getIntrospectionQuery({
          descriptions: true,
          inputValueDeprecation: true,
          specifiedByUrl: true,
          directiveIsRepeatable: true,
          schemaDescription: true,
        }),
      )
    ).errors,
  )
  // K
  const dead = new Pool({connectionString: 'postgres://127.0.0.1:1/x', connectionTimeoutMillis: 500})
  show('K', await askOf(handlerOver(dead), '{ assets { totalCount } }'))
  const html = await (
    await createApi({pool: app.pool, chainIds: [CHAIN], cors: [], introspection: true, logger: pino({level: 'silent'})}).fetch(
      'http://localhost/graphql',
      {headers: {accept: 'text/html'}},
    )
  ).text()
  show(
    'GraphiQL external',
    [...html.matchAll(/(?:src|href)="(https?:[^"]*)"/g)].map((m) => m[1]),
  )
  show('DOW', await app.ask('{ status { chains { chainId } } a: __typename }'))
}, 60000)
let cold: ReturnType<typeof createApi>
beforeAll(() => {
  cold = handlerOver(new Pool({connectionString: app.url, max: 2, connectionTimeoutMillis: 3000}))
})
