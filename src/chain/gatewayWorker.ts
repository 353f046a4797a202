import {parentPort, workerData} from 'node:worker_threads'
import type {GatewayMessage} from './createChainGateway'
import type {GatewaySettings} from './gatewaySettings'
import {startGateway} from './startGateway'

/** The thread of createChainGateway. */

const STATUS_MS = 1_000

const post = (message: GatewayMessage) => parentPort?.postMessage(message)

async function main(settings: GatewaySettings): Promise<void> {
  const gateway = await startGateway(settings, (level, message, detail = {}) => post({kind: 'note', level, message, detail}))
  post({kind: 'ready', url: gateway.url, headUrl: gateway.headUrl, status: gateway.status()})
  const timer = setInterval(() => post({kind: 'status', status: gateway.status()}), STATUS_MS)
  parentPort?.once('message', () => {
    clearInterval(timer)
    void gateway.close().finally(() => parentPort?.close())
  })
}

// A failure here ends the thread with an error event, which the owner hears.
void main(workerData as GatewaySettings).catch((error: unknown) =>
  setImmediate(() => {
    throw error
  }),
)
