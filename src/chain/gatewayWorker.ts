import {parentPort} from 'node:worker_threads'
import {UnsupportedQuery} from './archiveQuery'
import type {GatewayMessage, GatewayOrder} from './createChainGateway'
import type {LineAnswer, LineQuestion} from './gatewayLine'
import type {GatewaySettings} from './gatewaySettings'
import {type Gateway, startGateway} from './startGateway'

/** The thread of createChainGateway. */

const STATUS_MS = 1_000

const post = (message: GatewayMessage, transfer: readonly ArrayBuffer[] = []) => parentPort?.postMessage(message, [...transfer])

async function main(settings: GatewaySettings): Promise<void> {
  const gateway = await startGateway(settings, (level, message, detail = {}) => post({kind: 'note', level, message, detail}))
  const timer = setInterval(() => post({kind: 'status', status: gateway.status()}), STATUS_MS)
  onOrder = (order) => {
    if (order !== 'close') return void (order.kind === 'line' && answer(gateway, order))
    clearInterval(timer)
    void gateway.close().finally(() => parentPort?.close())
  }
  post({kind: 'ready', url: gateway.url, headUrl: gateway.headUrl, status: gateway.status()})
}

async function answer(gateway: Gateway, {id, query}: LineQuestion): Promise<void> {
  const reply = (rest: DistributiveRest, transfer?: readonly ArrayBuffer[]) => post({kind: 'line', id, ...rest}, transfer)
  try {
    if (query === null) {
      const height = await gateway.height()
      return reply(height === null ? CLOSED : {height})
    }
    const body = await gateway.query(query)
    if (body) reply({body}, [body.buffer as ArrayBuffer])
    else reply(CLOSED)
  } catch (error) {
    reply(error instanceof UnsupportedQuery ? {refused: error.message} : {failed: (error as Error).message})
  }
}

type Without<T> = T extends unknown ? Omit<T, 'kind' | 'id'> : never
type DistributiveRest = Without<LineAnswer>

const CLOSED = {failed: 'the gateway is closed'}

// Nothing is asked before the gateway has said that it is ready. A failure here ends the thread with an error event, which the owner hears.
let onOrder = (order: GatewayOrder): void => {
  if (order === 'close' || order.kind !== 'start') return
  void main(order.settings).catch((error: unknown) =>
    setImmediate(() => {
      throw error
    }),
  )
}
parentPort?.on('message', (order: GatewayOrder) => onOrder(order))
