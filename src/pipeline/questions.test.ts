import {expect, test} from 'vitest'
import {address, hash} from '../../test/support/givenEvents'
import {encodeLog} from '../../test/support/givenLogs'
import type {Address} from '../domain/hex'
import {eas} from '../standards/eas/eas'
import {seaport} from '../standards/seaport/seaport'
import {questionsOf} from './questions'
import {createRouter} from './router'

const FULFILLED =
  'OrderFulfilled(bytes32 orderHash, address indexed offerer, address indexed zone, address recipient, (uint8 itemType, address token, uint256 identifier, uint256 amount)[] offer, (uint8 itemType, address token, uint256 identifier, uint256 amount, address recipient)[] consideration)'
const ATTESTED = 'Attested(address indexed recipient, address indexed attester, bytes32 uid, bytes32 indexed schemaUID)'
const [SEAPORT_16, FORK, SELLER, BUYER] = ['0x0000000000000068f116a894984e2db1123eb395' as Address, address(0xf0), address(1), address(2)]
const router = createRouter([seaport, eas])
const asked = (emitter: Address, trusted: readonly Address[], tokens = 1) => {
  const offer = Array.from({length: tokens}, (_, i) => [2, address(0x721), i, 1])
  const order = encodeLog(FULFILLED, [hash(1), SELLER, address(0), BUYER, offer, [[0, address(0), 0, 900, SELLER]]])
  return questionsOf([{...order, address: emitter}], router, new Set(trusted)).flatMap(({questions}) => questions).length
}

test('what is due of a sale is asked where the sale is believed: two calls a token of up to four; a stranger costs none [INV-8]', () => {
  expect([1, 2, 4, 5].map((tokens) => asked(SEAPORT_16, [], tokens))).toEqual([2, 4, 8, 0])
  expect(asked(FORK, [])).toBe(0)
  expect(asked(FORK, [FORK])).toBe(2)
})

test('what an attestation says is asked of whoever logs it', () => {
  const log = {...encodeLog(ATTESTED, [SELLER, BUYER, hash(7), hash(8)]), address: FORK}
  expect(questionsOf([log], router, new Set())).toHaveLength(1)
})
