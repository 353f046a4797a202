import {expect, test} from 'vitest'
import {createGatewayHealth} from './gatewayHealth'

const [A, B] = ['https://a.example', 'https://b.example']

test('equals share the questions: who is asked already comes after who is not', () => {
  const health = createGatewayHealth([A, B], () => 0)
  expect(health.order([A, B])).toEqual([A, B])
  const leave = health.ask(A)
  expect(health.order([A, B])).toEqual([B, A])
  leave()
  expect(health.order([A, B])).toEqual([A, B])
})

test('the quick one is asked first until it has so much to do that the slow one is quicker', () => {
  const health = createGatewayHealth([A, B], () => 0)
  health.record(A, null, 100)
  health.record(B, null, 300)
  for (let i = 0; i < 30; i++) health.ask(A)
  expect(health.order([A, B])).toEqual([A, B])
  for (let i = 0; i < 10; i++) health.ask(A)
  expect(health.order([A, B])).toEqual([B, A])
})

test('a slow gateway is waited for as long as it usually takes, and a little', () => {
  const health = createGatewayHealth([A], () => 0)
  expect(health.patienceMs(A, 2_000)).toBe(2_000)
  health.record(A, null, 4_000)
  expect(health.patienceMs(A, 2_000)).toBe(6_000)
  expect(health.patienceMs('https://named.by.a.uri', 2_000)).toBe(2_000)
})

test('who lied comes last, however quick', () => {
  const health = createGatewayHealth([A, B], () => 0)
  health.record(A, 'dishonest_gateway', 10)
  health.record(B, null, 9_000)
  expect(health.order([A, B])).toEqual([B, A])
})

test('who says nothing is taken for slow, and comes after who answers; that it says nothing for a moment tells nothing new', () => {
  const health = createGatewayHealth([A, B], () => 0)
  health.record(B, null, 300)
  health.recordSilence(A, 2_000)
  expect(health.order([A, B])).toEqual([B, A])
  health.recordSilence(B, 10)
  expect(health.patienceMs(B, 0)).toBe(450)
})
