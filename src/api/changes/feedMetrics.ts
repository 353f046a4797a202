import {Gauge, type Registry} from 'prom-client'
import type {ChangeHub} from './changeHub'

export function exposeFeedMetrics({stats}: ChangeHub, registry: Registry): void {
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(read())
      },
    })
  gauge('api_feed_subscribers', 'Subscriptions of the feed that are open', () => stats().subscribers)
  gauge('api_feed_dropped', 'Subscriptions that were ended because they took too slowly', () => stats().dropped)
  gauge('api_feed_position', 'Position of the feed that subscribers have been told up to; 0 before the first one', () => stats().position)
  gauge('api_feed_listening', '1: the database tells of changes; 0: they are looked for twice a second', () => Number(stats().isListening))
}
