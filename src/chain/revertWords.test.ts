import {expect, test} from 'vitest'
import {isRevert} from './revertWords'

test.each([
  [3, 'execution reverted: ERC721: invalid token ID'],
  [-32000, 'execution reverted'],
  [-32015, 'VM execution error.'],
  [-32603, 'EVM error InvalidFEOpcode'],
  [-32000, 'invalid opcode: INVALID'],
  [-32000, 'out of gas: gas required exceeds: 10000000'],
  [-32000, 'stack underflow (0 <=> 1)'],
  [3, undefined],
])('%s %s: the contract refused', (code, message) => expect(isRevert({code, message})).toBe(true))

test.each([
  [-32000, 'missing trie node 1234'],
  [-32000, 'header not found'],
  [-32005, 'daily request count exceeded'],
  [-32601, 'the method eth_call does not exist'],
  [null, undefined],
])('%s %s: the node failed', (code, message) => expect(isRevert({code, message})).toBe(false))
