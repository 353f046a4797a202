import {describe, expect, test} from 'vitest'
import {clientOf, createAddressOf} from './clientAddress'
import {createRateLimit} from './rateLimit'

describe('the rate limit', () => {
  test('lets a burst through, then as many as the minute holds, and says how long to wait', () => {
    const {take} = createRateLimit()
    for (let i = 0; i < 10; i++) expect(take('a', 60, 0)).toBe(0)
    expect(take('a', 60, 0)).toBe(1_000)
    expect(take('a', 60, 999)).toBe(1)
    expect(take('a', 60, 1_000)).toBe(0)
    expect(take('a', 60, 1_000)).toBe(1_000)
    expect(take('b', 60, 1_000)).toBe(0)
  })

  test('never lends more than a burst, and a clock that goes back takes nothing', () => {
    const {take} = createRateLimit()
    expect(Array.from({length: 20}, () => take('a', 60, 1e9)).filter((wait) => wait === 0)).toHaveLength(10)
    expect(Array.from({length: 20}, () => take('a', 60, 1e12)).filter((wait) => wait === 0)).toHaveLength(10)
    expect(take('a', 60, 0)).toBeGreaterThan(0)
  })

  test('remembers a bounded number of clients, those that asked last [INV-8]', () => {
    const {take} = createRateLimit(2)
    for (let i = 0; i < 10; i++) take('busy', 60, 0)
    take('x', 60, 0)
    expect(take('busy', 60, 0)).toBeGreaterThan(0)
    take('y', 60, 0)
    expect(take('busy', 60, 0)).toBeGreaterThan(0)
    take('x', 60, 0)
    take('y', 60, 0)
    expect(take('busy', 60, 0)).toBe(0)
  })

  test('takes many at once or none, up to what its burst allows', () => {
    const {take} = createRateLimit()
    const ask = (cost: number, now: number) => take('a', 30, now, {cost, burstMs: 60_000})
    expect(ask(30, 0)).toBe(0)
    expect([ask(6, 0), ask(6, 0), ask(6, 11_999)]).toEqual([12_000, 12_000, 1])
    expect(ask(6, 12_000)).toBe(0)
  })
})

describe('the address of a client', () => {
  const of = (trusted: readonly string[], remoteAddress: string, forwarded?: string) =>
    createAddressOf(trusted)({socket: {remoteAddress} as never, headers: forwarded === undefined ? {} : {'x-forwarded-for': forwarded}})

  test.each([
    [[], '203.0.113.9', '1.2.3.4', '203.0.113.9'],
    [['10.0.0.0/8'], '203.0.113.9', '1.2.3.4', '203.0.113.9'],
    [['10.0.0.0/8'], '::ffff:10.0.0.1', '9.9.9.9, 1.2.3.4', '1.2.3.4'],
    [['10.0.0.0/8'], '10.0.0.1', '9.9.9.9, 1.2.3.4, 10.7.7.7', '1.2.3.4'],
    [['10.0.0.0/8'], '10.0.0.1', 'forged, unknown', '10.0.0.1'],
    [['10.0.0.0/8'], '10.0.0.1', undefined, '10.0.0.1'],
    [['::1'], '::1', '2001:db8::7', '2001:db8::7'],
  ])('behind %j, from %s saying %j: %s', (trusted, peer, forwarded, address) => {
    expect(of(trusted, peer, forwarded)).toBe(address)
  })

  test('is one client for a whole IPv6 network, the same for both ways of writing IPv4, and none for this machine', () => {
    expect(clientOf('2001:db8:1:2::1')).toBe(clientOf('2001:db8:1:2:ffff::9'))
    expect(clientOf('2001:db8:1:2::1')).not.toBe(clientOf('2001:db8:1:3::1'))
    expect(clientOf('::ffff:203.0.113.9')).toBe('203.0.113.9')
    expect([clientOf('127.0.0.1'), clientOf('::1'), clientOf('::ffff:127.0.0.1')]).toEqual([null, null, null])
  })
})
