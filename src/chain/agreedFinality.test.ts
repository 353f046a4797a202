import {expect, test} from 'vitest'
import {agreedFinality} from './agreedFinality'

const node = (finalized: number | null, head = 400) => ({head, finalized})

test.each([
  ['of one node it is its word', [node(392)], 392],
  ['one of three that takes its head for final is outvoted', [node(392), node(400), node(392)], 392],
  ['so is one of two: the other has the block and knows better', [node(392), node(400)], 392],
  ['a node that lags holds nobody back', [node(100, 108), node(392)], 392],
  ['nor do two of three', [node(100, 108), node(101, 109), node(392)], 392],
  ['one that has not told yet has no say', [node(null), node(392)], 392],
  ['before any has told there is none', [node(null), node(null)], null],
  ['none of no nodes', [], null],
])('%s', (_, nodes, expected) => expect(agreedFinality(nodes)).toBe(expected))
