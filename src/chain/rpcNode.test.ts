import {afterEach, beforeEach, expect, test, vi} from 'vitest'
import {createRpcNode} from './rpcNode'

const ASIDE_MS = 15_000

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function createNode() {
  const node = createRpcNode({url: 'http://127.0.0.1:1', name: 'a', timeoutMs: 1_000, asideMs: ASIDE_MS, onChange: () => {}})
  node.setHealthy()
  return node
}

/** Milliseconds until it is used again, when it answers well from now on. */
function pauseOf(node: ReturnType<typeof createNode>): number {
  const started = Date.now()
  for (node.setHealthy(); !node.isUsable(); node.setHealthy()) vi.advanceTimersByTime(100)
  return Date.now() - started
}

test('a node that is set aside again and again is left alone for longer each time, until it has done trusted work', () => {
  const node = createNode()
  const pauses = [1, 2, 3].map(() => (node.setAside('omits logs'), pauseOf(node)))
  node.forgive()
  node.setAside('omits logs')
  expect([...pauses, pauseOf(node)]).toEqual([ASIDE_MS, 2 * ASIDE_MS, 4 * ASIDE_MS, ASIDE_MS])
  node.close()
})

test('an offence that goes on is one: half a minute of it costs half a minute and one pause', () => {
  const node = createNode()
  for (let second = 0; second < 30; second += 2) {
    node.setAside('answered 403')
    vi.advanceTimersByTime(2_000)
  }
  expect(pauseOf(node)).toBe(ASIDE_MS - 2_000)
  node.close()
})
