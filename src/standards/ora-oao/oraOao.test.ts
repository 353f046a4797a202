import {keccak256, toUtf8Bytes} from 'ethers'
import {expect, it} from 'vitest'
import {address, hash} from '../../../test/support/givenEvents'
import {decodeBy, encodeLog} from '../../../test/support/givenLogs'
import {oraOao} from './oraOao'

const REQUEST =
  'AICallbackRequest(address indexed account, uint256 indexed requestId, uint256 modelId, bytes input, address callbackContract, uint64 gasLimit, bytes callbackData)'
const RESULT = 'AICallbackResult(address indexed account, uint256 indexed requestId, address invoker, bytes output)'
const request = (input: Uint8Array) => decodeBy(oraOao, encodeLog(REQUEST, [address(1), 7, 50, input, address(0xa7), 100_000, '0x']))

it('a request tells model and input, and the contract that asks', () => {
  const prompt = toUtf8Bytes('a lighthouse in fog, ink')
  expect(request(prompt)).toEqual([
    {
      type: 'generation.requested',
      requestId: 7n,
      requester: address(0xa7),
      modelId: hash(50),
      inputHash: keccak256(prompt),
      input: 'a lighthouse in fog, ink',
    },
  ])
})

it.each([
  ['is not UTF-8', Buffer.from('ff00', 'hex')],
  ['holds NUL', Buffer.from('610062', 'hex')],
  ['is longer than any text that is kept', Buffer.alloc(65_537, 'a')],
])('input that %s is known by its hash', (_, input) => {
  expect(request(input)).toMatchObject([{inputHash: keccak256(input), input: null}])
})

it('an answer tells the hash of the output', () => {
  const output = toUtf8Bytes('{"image":"ipfs://bafy"}')
  expect(decodeBy(oraOao, encodeLog(RESULT, [address(1), 7, address(3), output]))).toEqual([
    {type: 'generation.answered', requestId: 7n, outputHash: keccak256(output), by: address(3)},
  ])
})
