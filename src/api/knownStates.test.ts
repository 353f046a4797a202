import {expect, it} from 'vitest'
import {KnownStates} from './knownStates'

const STATES = [{chainId: 1, indexed: null, finalized: null, lastEvent: null, head: 7}]
const LATER = [{...STATES[0], head: 8}] as typeof STATES

it('states are known by the name of their moment, which is asked for alone only while it stays the same, and not for long', () => {
  const known = new KnownStates()
  expect(known.isSteady(0)).toBe(false)
  known.keep('1:1:', STATES, 0)
  expect(known.isSteady(0)).toBe(false)
  known.keep('1:1:', STATES, 10)
  expect(known.isSteady(20)).toBe(true)
  expect(known.of('1:1:')).toBe(STATES)
  expect(known.isSteady(5_000)).toBe(false)
  // Something was written.
  expect(known.of('1:2:')).toBeNull()
  expect(known.isSteady(20)).toBe(false)
  known.keep('1:2:', LATER, 30)
  expect(known.isSteady(30)).toBe(false)
  expect(known.of('1:1:')).toBeNull()
  known.keep('1:2:', LATER, 40)
  expect([known.isSteady(40), known.of('1:2:')]).toEqual([true, LATER])
})
