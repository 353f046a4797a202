import 'reflect-metadata'
import {getNamedType} from 'graphql'
import {Pool} from 'pg'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {EXPORTS} from '../../src/api/export/lists'
import type {DomainEvent} from '../../src/domain/event'
import type {Log} from '../../src/domain/log'
import type {EventLayout} from '../../src/domain/standard'
import {decodeLogs} from '../../src/pipeline/decodeLogs'
import {createRouter} from '../../src/pipeline/router'
import {STANDARDS} from '../../src/standards/registry'
import {appendSteps, formatRows, runSteps} from '../../src/store/bulkWrite'
import {selectField} from '../support/everyField'
import {address, CHAIN, hash} from '../support/givenEvents'
import {word} from '../support/givenLogs'
import {startPostgres, type TestPostgres} from '../support/postgres'
import {sampleLog, withTopic, withWord, wordsOf} from '../support/sampleLogs'
import {createAsker, createState, exportRows, storeHistory} from '../support/storedHistory'

// Over every folder of src/standards by its existing, as src/pipeline/everyStandard.test.ts, and from there on: rows, and answers.

/** One for each folder, so that none takes another's numbers. */
const emitterOf = (name: string) => address(0xc0de000 + STANDARDS.findIndex((standard) => standard.name === name))
const EMITTERS = new Set(STANDARDS.map(({name}) => emitterOf(name)))
const router = createRouter(STANDARDS, {
  standardsByAddress: new Map(STANDARDS.filter(({onlyByName}) => onlyByName).map(({name}) => [emitterOf(name), [name]])),
})
const LAYOUTS = STANDARDS.flatMap(({name, layouts}) => layouts.map((layout) => ({name, layout})))

/** The log, and the same with each of its words and indexed values at the edges of what columns, dates and the EVM hold. */
const EDGES = [0n, 2n ** 31n, 8_640_000_000_001n, 2n ** 64n - 1n, 2n ** 256n - 1n].map(word)
function* variantsOf(layout: EventLayout): Generator<Log> {
  const log = sampleLog(layout)
  yield log
  for (const edge of EDGES) {
    for (const i of wordsOf(log).keys()) yield withWord(log, i, edge)
    for (let i = 1; i < log.topics.length; i++) yield withTopic(log, i, edge)
  }
}

/** Logs that are in no answer alone, and where they are shown beside those that they belong to. */
const WITH_OTHERS: Readonly<Record<string, string>> = {
  'ora-oao: AICallbackRequest': 'test/integration/api.standards.int.test.ts',
  'ora-oao: AICallbackResult': 'test/integration/api.standards.int.test.ts',
  'seaport: OrdersMatched': 'test/integration/sales.int.test.ts',
  'story-protocol: LicenseTermsRegistered': 'test/integration/api.standards.int.test.ts',
  'story-protocol: DisputeJudgementSet': 'test/integration/disputes.int.test.ts',
}

/** The feed has no writer here; a timeline is of an asset. */
const ELSEWHERE = ['changes', 'provenance']
const SUBJECT = /"(?:collection|subject)":"(0x[0-9a-f]{40})","tokenId":"(\d+)"/g

let [blocks, samples] = [0, new Map<string, string>()]
/** Each in a block and a transaction of its own. */
const LOGS: readonly Log[] = LAYOUTS.flatMap(({name, layout}) =>
  [...variantsOf(layout)].map((log, i) => {
    blocks += 1
    const transactionHash = hash(0x7000000 + blocks)
    if (i === 0) samples.set(transactionHash, `${name}: ${layout.signature.split('(')[0]}`)
    return {...log, chainId: CHAIN, blockNumber: blocks, blockHash: hash(0xb000000 + blocks), transactionHash, address: emitterOf(name)}
  }),
)

let postgres: TestPostgres
let pool: Pool
let asker: ReturnType<typeof createAsker>
beforeAll(async () => {
  postgres = await startPostgres()
  const url = await postgres.createMigrated('conformance')
  pool = new Pool({connectionString: url, max: 4})
  await createState(pool)
  asker = createAsker(pool)
})
afterAll(async () => {
  await pool?.end()
  await postgres?.stop()
})

test('what any value in any place of a log becomes is folded, and fits the columns of its tables [INV-2] [INV-8]', async () => {
  const {events, failures} = decodeLogs(LOGS, router, EMITTERS)
  await storeHistory(pool, events, blocks)
  const client = await pool.connect()
  await runSteps(client, appendSteps('DecodeFailure', formatRows('DecodeFailure', failures)))
  client.release()
  const {rows} = await pool.query('SELECT count(*)::int AS stored FROM decode_failure')
  expect([rows[0].stored, events.length > failures.length]).toEqual([failures.length, true])
})

test('every list answers with them, exported whole too', async () => {
  for (const spec of EXPORTS.values()) await exportRows(pool, spec, null)
  await askLists()
})

test('each layout of each folder is in an answer', async () => {
  const {events} = decodeLogs(
    LOGS.filter(({transactionHash}) => samples.has(transactionHash)),
    router,
    EMITTERS,
  )
  await storeHistory(pool, events, blocks)
  const answers: unknown[] = [await askLists()]
  for (const asset of assetsIn(events))
    answers.push(
      await asker.ask(`{ provenance(asset: "${asset}", first: 500, includeUnverified: true) { nodes { transactionHash } } }`, null),
    )
  const all = JSON.stringify(answers)
  const missing = [...samples].filter(([transaction]) => !all.includes(transaction)).map(([, name]) => name)
  expect(missing).toEqual(Object.keys(WITH_OTHERS))
})

/** Every list of the API, its first hundred with what is right below them. */
async function askLists(): Promise<readonly unknown[]> {
  const {schema, ask} = asker
  const answers: unknown[] = []
  for (const field of Object.values(schema.getQueryType()?.getFields() ?? {})) {
    if (!/Connection$/.test(getNamedType(field.type).name) || ELSEWHERE.includes(field.name)) continue
    const args = {first: '100', includeUnverified: 'true'}
    const [asked] = selectField(schema, 'Query', field, {depth: 2, args, leaveOut: new Set(['edges', 'finality'])})
    if (asked) answers.push(await ask(`{ ${asked} }`, null))
  }
  return answers
}

const assetsIn = (events: readonly DomainEvent[]): ReadonlySet<string> =>
  new Set(
    events.flatMap((event) => {
      const found = [...JSON.stringify(event, (_, value) => (typeof value === 'bigint' ? String(value) : value)).matchAll(SUBJECT)]
      return found.map(([, collection, tokenId]) => `eip155:${CHAIN}/erc721:${collection}/${tokenId}`)
    }),
  )
