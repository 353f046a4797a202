import {apiError} from '../errors'

export type SubscriptionLimits = Readonly<{
  /** Of one process, and of one address or key; null: no limit. */
  subscriptions: number | null
  subscriptionsPerClient: number | null
}>

/** Counts who follows. */
export type SubscriberCount = Readonly<{
  /** `who`: an address or key; null: this machine, of which only the process has a limit. Answers how to leave. @throws a coded error */
  enter: (who: string | null) => () => void
}>

export function createSubscriberCount({subscriptions, subscriptionsPerClient}: SubscriptionLimits): SubscriberCount {
  const ofClient = new Map<string, number>()
  let all = 0
  return {
    enter: (who) => {
      const own = who === null ? 0 : (ofClient.get(who) ?? 0)
      if (subscriptionsPerClient !== null && own >= subscriptionsPerClient)
        throw tooMany(`${own} subscriptions of yours are open; at most ${subscriptionsPerClient}`, subscriptionsPerClient)
      if (subscriptions !== null && all >= subscriptions)
        throw tooMany(`${all} subscriptions are open in this process; at most ${subscriptions}`, subscriptions)
      all++
      if (who !== null) ofClient.set(who, own + 1)
      return () => {
        all--
        if (who === null) return
        const left = (ofClient.get(who) ?? 1) - 1
        if (left > 0) ofClient.set(who, left)
        else ofClient.delete(who)
      }
    },
  }
}

const tooMany = (message: string, limit: number) => apiError('RATE_LIMITED', message, {limit, retryAfterMs: 1_000})
