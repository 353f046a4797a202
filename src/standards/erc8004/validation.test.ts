import {expect, it} from 'vitest'
import {address, hash} from '../../../test/support/givenEvents'
import {decodeBy, encodeLog} from '../../../test/support/givenLogs'
import {ZERO_HASH} from '../../domain/hex'
import {erc8004} from './erc8004'

const RESPONSE =
  'ValidationResponse(address indexed validatorAddress, uint256 indexed agentId, bytes32 indexed requestHash, uint8 response, string responseURI, bytes32 responseHash, string tag)'

it('a verdict on an agent is an attestation under the hash of the request; agents have one registry, test chains another', () => {
  const decode = (values: readonly unknown[], chainId = 1) => decodeBy(erc8004, encodeLog(RESPONSE, values, {chainId}))
  const verdict = {type: 'attestation.made', uid: hash(9), attester: address(5), tokenId: 22n, schema: null, expiry: null}
  expect(decode([address(5), 22, hash(9), 87, 'ipfs://verdict', hash(4), 'hard'])).toEqual([
    {
      ...verdict,
      subject: '0x8004a169fb4a3325136eb29fa0ceb6d2e539a432',
      score: 87,
      tag: 'hard',
      contentHash: hash(4),
      uri: 'ipfs://verdict',
    },
  ])
  expect(decode([address(5), 22, hash(9), 0, '', ZERO_HASH, ''], 84532)).toEqual([
    {...verdict, subject: '0x8004a818bfb912233c491871b3d84c89a494bd9e', score: 0, tag: null, contentHash: null, uri: null},
  ])
})
