import {randomBytes} from 'node:crypto'
import type {Hashing} from './blockTruth'
import type {Note} from './gatewayNote'
import type {GatewaySettings} from './gatewaySettings'
import type {GatewayStatus} from './gatewayStatus'
import type {HeadBlock} from './headBlock'
import {createHeadRpc} from './headRpc'
import {type HeadServer, startHeadServer} from './headServer'
import {type HeadTracker, startHeadTracker} from './headTracker'
import {createHeadView} from './headView'
import {buildLogFilter} from './logFilter'
import type {NodePool} from './nodePool'

export type Head = Readonly<{url: string; status: () => GatewayStatus['head']; close: () => Promise<void>}>

/** Heights in memory: deeper than the forks that evm-processor can follow on chains of long finality is read again. */
const KEEP = 1_024

/** The head over loopback: followed, filtered and verified here, whatever node is asked. */
export async function startHead(settings: GatewaySettings, pool: NodePool, hashing: Hashing, note: Note): Promise<Head> {
  const {chainId, verification: level, pollIntervalMs} = settings
  const view = createHeadView(KEEP)
  const context = {hashing, filter: buildLogFilter(settings.logs, settings.minTopics), level}
  let announcedAs = -1
  let announcedAtMs = 0
  let alias: HeadBlock | null = null
  let server: HeadServer | undefined
  let onFirst: () => void = () => {}
  const ready = new Promise<void>((resolve) => {
    onFirst = resolve
  })

  /**
   * evm-processor 1.27 passes over a head that is lower than the last. A shorter chain is therefore announced at the height of the last
   * head, and whoever asks for that height alone is given the real head: the processor unwinds to it and then finds nothing above.
   */
  const onHead = (head: HeadBlock) => {
    announcedAs = Math.max(announcedAs, head.number)
    announcedAtMs = Date.now()
    alias = head.number < announcedAs ? head : null
    onFirst()
    server?.announce(head, announcedAs)
  }
  const tracker: HeadTracker = startHeadTracker({pool, context, view, pollIntervalMs, onHead, note})
  const takeAlias = (number: number) => {
    if (!alias || number !== announcedAs) return null
    const head = alias
    alias = null
    return head
  }
  const latest = () => {
    const head = view.head()
    return head && {head, announcedAs: Math.max(announcedAs, head.number)}
  }
  server = await startHeadServer({
    secret: randomBytes(18).toString('base64url'),
    answer: createHeadRpc({chainId, pool, view, tracker, ready, takeAlias}),
    latest,
  })
  return {
    url: server.url,
    status: () => {
      const head = view.head()
      return head && {number: head.number, hash: head.hash, announcedAtMs, forks: tracker.forks()}
    },
    close: async () => {
      tracker.close()
      await server.close()
    },
  }
}
