import {createServer} from 'node:net'
import {expect, test} from 'vitest'
import {findFreePort, isPortFree} from './freePort'

/** A connection out could be given a port of that range between the look and the listening: seen as a demo that did not start. */
test('a free port is none that the system gives to outgoing connections', async () => {
  const ports = await Promise.all(Array.from({length: 50}, findFreePort))
  expect(ports.filter((port) => port < 1024 || port >= 32_768)).toEqual([])
})

test('a port that is listened on is not free', async () => {
  const port = await findFreePort()
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  expect(await isPortFree(port)).toBe(false)
  await new Promise((resolve) => server.close(resolve))
  expect(await isPortFree(port)).toBe(true)
})
