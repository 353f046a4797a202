/** Requests of each client, so many a minute. */
export type RateLimit = Readonly<{
  /** Milliseconds until the client may ask again; 0: it may now, and has. */
  take: (client: string, perMinute: number, now: number, what?: Charge) => number
}>
/** `cost`: how many at once. `burstMs`: who was quiet may ask what this time allows in one go; more than that at once never passes. */
export type Charge = Readonly<{cost?: number; burstMs?: number}>

const BURST_MS = 10_000
const MOST_CLIENTS = 50_000

/** For each client the moment at which all that it asked is paid for. Who comes from too many addresses makes others' accounts empty again, never this map large. */
export function createRateLimit(mostClients = MOST_CLIENTS): RateLimit {
  const paidAt = new Map<string, number>()
  return {
    take: (client, perMinute, now, {cost = 1, burstMs = BURST_MS} = {}) => {
      const price = (cost * 60_000) / perMinute
      const burst = Math.max(burstMs, 60_000 / perMinute)
      // A clock that goes back makes nobody wait longer than a burst.
      const owed = Math.min(Math.max(0, (paidAt.get(client) ?? now) - now), burst)
      const wait = Math.ceil(owed + price - burst)
      // The map is in the order of use: its first is the one that was quiet longest.
      paidAt.delete(client)
      paidAt.set(client, now + (wait > 0 ? owed : owed + price))
      if (paidAt.size > mostClients) paidAt.delete(paidAt.keys().next().value as string)
      return Math.max(0, wait)
    },
  }
}
