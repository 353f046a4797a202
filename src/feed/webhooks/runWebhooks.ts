import {setMaxListeners} from 'node:events'
import {setTimeout as sleep} from 'node:timers/promises'
import type {Pool} from 'pg'
import {Counter, Gauge, Histogram, type Registry} from 'prom-client'
import {type Courier, type Delivery, deliverTurn, pruneMessages} from './deliverMessages'
import {dispatchMessages} from './dispatchMessages'
import type {Poster} from './postMessage'
import type {RenderChanges} from './renderChange'
import type {SecretBox} from './webhookSecret'

export type Webhooks = Readonly<{
  /** Why nothing is told at present; null: it is. */
  trouble: () => string | null
  /** Takes nothing new; what is under way is finished. */
  stop: () => Promise<void>
}>

type Options = Readonly<{
  pool: Pool
  render: RenderChanges
  poster: Poster
  box: SecretBox
  registry: Registry
  onTrouble: (error: unknown) => void
  delayMs?: Courier['delayMs']
  /** Done once, before long: what the configuration says. */
  prepare?: () => Promise<void>
}>

/** Requests at once of one process; a slow endpoint holds one of them, and never two. */
const COURIERS = 16
const IDLE_MS = 250
const MAX_PAUSE_MS = 10_000
const PRUNE_MS = 600_000

/** Makes messages of the feed and brings them to the endpoints, beside others who do the same. */
export function runWebhooks({pool, render, poster, box, registry, onTrouble, delayMs, prepare = async () => {}}: Options): Webhooks {
  const abort = new AbortController()
  // All of them wait for its end.
  setMaxListeners(COURIERS + 3, abort.signal)
  const troubles = new Map<string, string>()
  const onAttempt = exposeMetrics(pool, registry)
  const courier: Courier = {pool, poster, box, isStopped: () => abort.signal.aborted, onAttempt, ...(delayMs && {delayMs})}

  /** Again at once while there is something to do; a failure waits, longer each time. */
  const repeat = async (name: string, idleMs: number, work: () => Promise<boolean>): Promise<void> => {
    for (let pause = idleMs; !abort.signal.aborted; ) {
      try {
        const more = await work()
        troubles.delete(name)
        pause = more ? 0 : idleMs
      } catch (error) {
        if (!troubles.has(name)) onTrouble(error)
        troubles.set(name, error instanceof Error ? error.message : String(error))
        pause = Math.min(Math.max(pause, IDLE_MS) * 2, MAX_PAUSE_MS)
      }
      if (pause > 0) await sleep(pause, undefined, {signal: abort.signal}).catch(() => {})
    }
  }
  const prune = () => pruneMessages(pool).then(() => false)
  let isPrepared = false
  const prepareOnce = async () => {
    if (!isPrepared) await prepare()
    isPrepared = true
    return false
  }
  const work = [
    repeat('configuration', PRUNE_MS, prepareOnce),
    repeat('dispatch', IDLE_MS, () => dispatchMessages(pool, render)),
    repeat('prune', PRUNE_MS, prune),
    ...Array.from({length: COURIERS}, () => repeat('deliver', IDLE_MS, () => deliverTurn(courier))),
  ]
  return {
    trouble: () => [...troubles.values()][0] ?? null,
    stop: async () => {
      abort.abort()
      await Promise.all(work)
      await poster.close()
    },
  }
}

function exposeMetrics(pool: Pool, registry: Registry): (what: Delivery, seconds: number) => void {
  const attempts = new Counter({
    name: 'webhook_attempts_total',
    help: 'Attempts to deliver a message, by what became of it',
    labelNames: ['result'],
    registers: [registry],
  })
  const seconds = new Histogram({name: 'webhook_attempt_seconds', help: 'Time of an attempt', registers: [registry]})
  new Gauge({
    name: 'webhook_pending',
    help: 'Messages that wait, of active endpoints',
    registers: [registry],
    async collect() {
      const {rows} = await pool.query<{n: number}>(
        `SELECT count(*)::int AS n FROM webhook_message m JOIN webhook w ON w.id = m.webhook_id WHERE m.state = 'pending' AND w.state = 'active'`,
      )
      this.set(rows[0]?.n ?? 0)
    },
  })
  return (what, took) => {
    attempts.inc({result: what})
    seconds.observe(took)
  }
}
