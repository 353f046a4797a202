import {Agent} from 'node:http'
import type {GatewayLine} from '../../src/chain/gatewayLine'
import {send} from '../../src/chain/gatewaySource'
import type {Gateway} from '../../src/chain/startGateway'

/** The gateway protocol, as another process speaks it. */
export function createHttpLine(url: string): GatewayLine {
  const agent = new Agent({keepAlive: true})
  return {
    height: async () => Number((await send(agent, `${url}/height`, null)).toString()),
    query: (query) => send(agent, `${url}/query`, query),
  }
}

/** The gateway on this thread, without a socket. */
export const createDirectLine = (gateway: Gateway): GatewayLine => ({
  height: async () => (await gateway.height()) as number,
  query: async (query) => (await gateway.query(query)) as Buffer,
})
