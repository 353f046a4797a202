import {Agent} from 'node:http'
import type {Answer, Ask} from '../domain/question'
import {patiently, send} from './gatewaySource'

/** The gateway's thread has the nodes and the memo; the processor asks it over loopback, as it asks for blocks. */
export function createGatewayAsk(url: string): Ask {
  const agent = new Agent({keepAlive: true})
  return async (questions) => {
    if (questions.length === 0) return []
    return patiently(async () => JSON.parse((await send(agent, `${url}/ask`, JSON.stringify(questions))).toString()) as readonly Answer[])
  }
}
