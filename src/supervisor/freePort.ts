import {createServer} from 'node:net'

/** Whether this process could listen there now. */
export const isPortFree = (port: number, host = '127.0.0.1'): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen({port, host, exclusive: true}, () => server.close(() => resolve(true)))
  })

/** Below what systems hand out to outgoing connections (Linux 32768-60999, others 49152-65535): there a port would be taken before its process listens. */
const FIRST_PORT = 20_000
const LAST_PORT = 32_767
const ATTEMPTS = 100

/**
 * A port that nobody listens on, and that no connection is given, chosen at random so that several who look at once hardly meet.
 * @throws Error when so many are taken that none is found
 */
export async function findFreePort(): Promise<number> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const port = FIRST_PORT + Math.floor(Math.random() * (LAST_PORT - FIRST_PORT + 1))
    if (await isPortFree(port)) return port
  }
  throw new Error(`no free port from ${FIRST_PORT} to ${LAST_PORT} on 127.0.0.1 was found in ${ATTEMPTS} tries`)
}
