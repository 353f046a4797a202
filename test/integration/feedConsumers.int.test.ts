import {Client} from 'pg'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {createSequencer} from '../../src/feed/createSequencer'
import {type FeedApi, post, startFeedApi, type ToldChange} from '../support/feedApi'
import {createFeedChain, type FeedBlock, type FeedChain} from '../support/feedChain'
import {follow} from '../support/feedFollower'
import {startPostgres, type TestPostgres} from '../support/postgres'
import {createRandom} from '../support/randomLogs'

let postgres: TestPostgres
beforeAll(async () => {
  postgres = await startPostgres()
}, 240_000)
afterAll(() => postgres.stop())

const soon = <T>(read: () => T) => expect.poll(read, {timeout: 60_000})
const block = (height: number, branch: string, transfers: number): FeedBlock => ({height, branch, transfers})
const PAGE = `query ($after: String) { changes(after: $after, first: 3) {
  nodes { cursor position kind eventId blockHash retracted retracts retractedBy wasFinal } pageInfo { endCursor } } }`

/** A consumer as docs/feed.md has it: what it holds and its cursor are stored together, and outlive it. */
function createMirror() {
  const made = new Map<string, string>()
  let [position, cursor]: [number, string | undefined] = [0, undefined]
  return {
    cursor: () => cursor,
    position: () => position,
    facts: () => new Set(made.values()),
    handle: (change: ToldChange) => {
      expect(Number(change.position)).toBe(position + 1)
      if (change.retracted) expect(made.delete(change.retracts as string), `${change.retracts} was never told`).toBe(true)
      else made.set(change.position, `${change.eventId} ${change.blockHash}`)
      ;[position, cursor] = [position + 1, change.cursor]
    },
  }
}
type Mirror = ReturnType<typeof createMirror>
type Running = Readonly<{stop: () => void}>

/** Follows until it is stopped: what comes afterwards is lost with its connection, as with a process that is killed. */
function run(api: FeedApi, by: 'SSE' | 'WebSocket', mirror: Mirror): Running {
  let dead = false
  const subscription = follow(api, by, {...(mirror.cursor() && {after: mirror.cursor()})}, (change) => {
    if (!dead) mirror.handle(change)
  })
  return {
    stop: () => {
      dead = true
      subscription.stop()
    },
  }
}

async function pollOnce(api: FeedApi, mirror: Mirror): Promise<void> {
  const {data} = await post(api.url, PAGE, mirror.cursor() ? {after: mirror.cursor()} : {})
  for (const change of data.changes.nodes) mirror.handle(change)
}

async function advance(chain: FeedChain, upTo: (n: number) => number, round: number): Promise<void> {
  const {final, hot} = chain.state()
  const top = hot.at(-1)?.height ?? final
  const base = upTo(2) === 0 ? final + upTo(top - final) : top
  const fresh = [block(base + 1, `r${round}-`, 1 + upTo(1)), block(base + 2, `r${round}-`, upTo(2))]
  await chain.commitHot(base, fresh, Math.min(base, final + upTo(1)))
}

test.each([1, 2])(
  'consumers, API processes and the sequencer come and go over forks: each change once, in order, seed %i [INV-4] [INV-7]',
  async (seed) => {
    const url = await postgres.createMigrated(`consumers_${seed}`)
    const random = createRandom(seed)
    const upTo = (n: number) => Math.floor(random() * (n + 1))
    const chains = [await createFeedChain(url, 1), await createFeedChain(url, 2)]
    let feed = await createSequencer(url, 4)
    const apis = [await startFeedApi(url), await startFeedApi(url)]
    const mirrors = {SSE: createMirror(), WebSocket: createMirror(), poll: createMirror()}
    const [first] = apis as [FeedApi]
    // Their first cursor is the start of the feed.
    for (const mirror of [mirrors.SSE, mirrors.WebSocket]) {
      await chains[0]?.commitHot(-1, [block(0, 'a', 1)], -1)
      await feed.run()
      await pollOnce(first, mirror)
    }
    const running = {SSE: run(first, 'SSE', mirrors.SSE), WebSocket: run(first, 'WebSocket', mirrors.WebSocket)}
    for (let round = 0; round < 14; round++) {
      await advance(chains[upTo(1)] as FeedChain, upTo, round)
      await feed.run()
      await pollOnce(apis[upTo(1)] as FeedApi, mirrors.poll)
      if (upTo(3) === 0) {
        await feed.close()
        feed = await createSequencer(url, 4)
      }
      if (upTo(3) === 0) {
        const gone = upTo(1)
        await apis[gone]?.close()
        apis[gone] = await startFeedApi(url)
      }
      for (const by of ['SSE', 'WebSocket'] as const)
        if (upTo(1) === 0) {
          running[by].stop()
          running[by] = run(apis[upTo(1)] as FeedApi, by, mirrors[by])
        }
    }
    for (const by of ['SSE', 'WebSocket'] as const) {
      running[by].stop()
      running[by] = run(apis[0] as FeedApi, by, mirrors[by])
    }
    while ((await feed.run())?.isFull);
    const db = new Client({connectionString: url})
    await db.connect()
    const last = Number((await db.query('SELECT last_position AS last FROM feed_state')).rows[0].last)
    while (mirrors.poll.position() < last) await pollOnce(apis[0] as FeedApi, mirrors.poll)
    for (const by of ['SSE', 'WebSocket'] as const) await soon(() => mirrors[by].position()).toBe(last)
    const live = await db.query(
      `SELECT event_id || ' ' || block_hash AS fact FROM feed_change c WHERE retracts IS NULL AND NOT EXISTS (SELECT FROM feed_change r WHERE r.retracts = c.position)`,
    )
    const facts = new Set(live.rows.map(({fact}) => fact))
    for (const mirror of Object.values(mirrors)) expect(mirror.facts()).toEqual(facts)
    for (const by of ['SSE', 'WebSocket'] as const) running[by].stop()
    await Promise.all([db.end(), feed.close(), ...apis.map((api) => api.close()), ...chains.map((chain) => chain.close())])
  },
  240_000,
)
