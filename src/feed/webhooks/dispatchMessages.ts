import type {Pool, PoolClient} from 'pg'
import {inTransaction} from '../../process/inTransaction'
import {EVERYTHING} from '../journal/changeFilter'
import type {Cursor} from '../journal/cursor'
import {cursorOf, startCursor} from '../journal/cursor'
import {createFilterIndex} from '../journal/filterIndex'
import {type FeedState, type Page, type Query, readFeedState, readPage, readPositions, SCAN} from '../journal/readChanges'
import {readFinal} from './readFinal'
import type {RenderChanges} from './renderChange'
import {filterOf, HEAD_LANE, NO_BLOCK_LANE, WEBHOOK_COLUMNS, type WebhookRow} from './webhook'

/** Entries of one message: what lets an endpoint catch up, one request after the other. */
export const MOST_CHANGES = 100
const PAGE = 200
/** Of one endpoint. What waits longer is read from the journal later: nobody's queue grows without bound. */
const MOST_PENDING = 200
/** Groups of endpoints that stand at the same place, of one round. Those at the end of the feed are one group. */
const MOST_GROUPS = 8

type Lane = WebhookRow & Readonly<{lane: number; position: number}>

/**
 * Turns new entries into messages, in one transaction: each entry is read and rendered once for all endpoints that stand at the same place.
 * One process does it at a time. Answers whether there is more at once.
 */
export const dispatchMessages = (pool: Pool, render: RenderChanges): Promise<boolean> =>
  inTransaction(pool, (client) => dispatchAll(client, render))

async function dispatchAll(client: PoolClient, render: RenderChanges): Promise<boolean> {
  const query: Query = async (sql, values) => (await client.query(sql, values as unknown[])).rows
  const [lock] = await query<{held: boolean}>(`SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0)) AS held`, [
    'provenance-indexer webhooks',
  ])
  if (!lock?.held) return false
  const state = await readFeedState(query)
  await openLanes(query)
  const lanes = await lockLanes(query, state.last)
  let more = false
  for (const group of chooseGroups(lanes)) more = (await dispatchGroup({query, state, render}, group)) || more
  return more
}

/** Where an endpoint begins. Its row is locked, so that a replay that moves it is waited for, and seen. */
const openLanes = (query: Query) =>
  query(
    `INSERT INTO webhook_lane (webhook_id, chain_id, position)
     SELECT w.id, c.chain_id, w.start_position
     FROM webhook w JOIN (SELECT chain_id FROM feed_chain UNION VALUES (${NO_BLOCK_LANE}), (${HEAD_LANE})) c
       ON (w.finality = 'head') = (c.chain_id = ${HEAD_LANE})
     WHERE NOT EXISTS (SELECT FROM webhook_lane l WHERE l.webhook_id = w.id AND l.chain_id = c.chain_id)
     FOR UPDATE OF w ON CONFLICT DO NOTHING`,
    [],
  )

/** Lanes of endpoints that are ours until the end of the round. They are read after the lock: a replay that it had to wait for moved them. */
async function lockLanes(query: Query, last: number): Promise<readonly Lane[]> {
  const locked = await query<{id: string}>(
    `SELECT w.id FROM webhook w
     WHERE w.state = 'active' AND EXISTS (SELECT FROM webhook_lane l WHERE l.webhook_id = w.id AND l.position < $1)
       AND (SELECT count(*) FROM (SELECT FROM webhook_message m WHERE m.webhook_id = w.id AND m.state = 'pending' LIMIT ${MOST_PENDING}) p) < ${MOST_PENDING}
     FOR UPDATE`,
    [last],
  )
  return query<Lane>(
    `SELECT ${WEBHOOK_COLUMNS}, l.chain_id::float8 AS lane, l.position::float8 AS position FROM webhook_lane l JOIN webhook w ON w.id = l.webhook_id
     WHERE w.id = ANY ($2) AND l.position < $1 ORDER BY l.position DESC, random()`,
    [last, locked.map(({id}) => id)],
  )
}

/** Those nearest to the end first; of those behind, any: each gets its turn. */
function chooseGroups(lanes: readonly Lane[]): readonly (readonly Lane[])[] {
  const groups = new Map<string, Lane[]>()
  for (const lane of lanes) {
    const key = `${lane.lane} ${lane.position}`
    groups.set(key, [...(groups.get(key) ?? []), lane])
  }
  const [nearest = [], others = []] = [[...groups.values()].slice(0, MOST_GROUPS / 2), [...groups.values()].slice(MOST_GROUPS / 2)]
  const start = Math.floor(Math.random() * Math.max(1, others.length))
  return [...nearest, ...[...others.slice(start), ...others.slice(0, start)].slice(0, MOST_GROUPS / 2)]
}

type Round = Readonly<{query: Query; state: FeedState; render: RenderChanges}>

async function dispatchGroup({query, state, render}: Round, group: readonly Lane[]): Promise<boolean> {
  const {lane, position} = group[0] as Lane
  const page = await readLane(query, state, lane, position)
  const index = createFilterIndex<Lane>()
  for (const one of group) index.add(filterOf(one), one)
  const wanted = page.changes.map((entry) => ({entry, by: index.find(entry)})).filter(({by}) => by.size > 0)
  const texts = await render(
    state.feedId,
    wanted.map(({entry}) => entry),
  )
  for (const one of group) {
    const own = wanted.flatMap(({entry, by}, i) => (by.has(one) ? [{position: entry.position, text: texts[i] as string}] : []))
    for (let i = 0; i < own.length; i += MOST_CHANGES) await insertMessage(query, one.id, own.slice(i, i + MOST_CHANGES))
  }
  await query('UPDATE webhook_lane SET position = $1 WHERE chain_id = $2 AND webhook_id = ANY ($3)', [
    page.end.position,
    lane,
    group.map(({id}) => id),
  ])
  return page.hasMore
}

async function readLane(query: Query, state: FeedState, lane: number, position: number): Promise<Page> {
  const after = await cursorAt(query, state.feedId, position)
  return lane === HEAD_LANE
    ? readPage(query, {state, after, limit: PAGE, filter: EVERYTHING})
    : readFinal(query, {state, after, limit: PAGE, lane, scan: SCAN})
}

async function cursorAt(query: Query, feedId: string, position: number): Promise<Cursor> {
  const [entry] = position > 0 ? await readPositions(query, [position]) : []
  return entry ? cursorOf(feedId, entry) : startCursor(feedId)
}

type Told = Readonly<{position: number; text: string}>

/** The body is made here, once: the same in every attempt. */
const insertMessage = (query: Query, webhookId: string, told: readonly Told[]) =>
  query('INSERT INTO webhook_message (webhook_id, first_position, last_position, body) VALUES ($1, $2, $3, $4)', [
    webhookId,
    told[0]?.position,
    told.at(-1)?.position,
    `{"type":"changes","timestamp":${JSON.stringify(new Date().toISOString())},"data":{"changes":[${told.map(({text}) => text).join(',')}]}}`,
  ])
