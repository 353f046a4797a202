import {encodeBytes32String} from 'ethers'
import {expect, it} from 'vitest'
import {address, hash} from '../../../test/support/givenEvents'
import {decodeBy, EMITTER, encodeLog} from '../../../test/support/givenLogs'
import {storyProtocol} from './storyProtocol'

const [IP, CALLER, ANN, POLICY] = [address(0x1b), address(0xc), address(0xa), address(0xb0)]
const TAG = encodeBytes32String('IMPROPER_REGISTRATION')
const decode = (signature: string, values: readonly unknown[]) => decodeBy(storyProtocol, encodeLog(signature, values))
const raised = {
  ...{type: 'attestation.made', uid: hash(7), attester: ANN, subject: IP, tokenId: null, namedBy: 'account'},
  ...{schema: null, expiry: null, score: null, tag: 'IMPROPER_REGISTRATION', contentHash: hash(9), uri: null},
}

it('a dispute is its initiator’s word about the token behind the ipId, in the shape of today and that of 1.3', () => {
  const types = ['uint256', 'address', 'address', 'address', 'uint256', 'address', 'bytes32', 'bytes32', 'bytes']
  const values = [7, IP, CALLER, ANN, 1_700_000_000, POLICY, hash(9), TAG, '0x']
  const at = (list: readonly unknown[]) => list.filter((_, i) => i !== 2)
  expect(decode(`DisputeRaised(${types.join()})`, values)).toEqual([raised])
  expect(decode(`DisputeRaised(${at(types).join()})`, at(values))).toEqual([raised])
})

it('what is cancelled, settled or judged unfounded is taken back by the module; what is upheld is its own word about the dispute', () => {
  const over = [{type: 'attestation.revoked', uid: hash(7), by: EMITTER}]
  expect(decode('DisputeCancelled(uint256 disputeId, bytes data)', [7, '0x'])).toEqual(over)
  expect(decode('DisputeResolved(uint256 disputeId, bytes data)', [7, '0x'])).toEqual(over)
  const judged = (decision: boolean) => decode('DisputeJudgementSet(uint256 disputeId, bool decision, bytes data)', [7, decision, '0x'])
  expect(judged(false)).toEqual(over)
  expect(judged(true)).toMatchObject([{attester: EMITTER, subject: null, tag: 'upheld', record: {refUid: hash(7), source: 'log'}}])
  expect(judged(true)).not.toMatchObject([{uid: hash(7)}])
})
