import {expect, it} from 'vitest'
import {address, hash} from '../../../test/support/givenEvents'
import {decodeBy, encodeLog} from '../../../test/support/givenLogs'
import {ZERO_ADDRESS, ZERO_HASH} from '../../domain/hex'
import {eas} from './eas'

const PARTIES = '(address indexed recipient, address indexed attester, bytes32 uid, bytes32 indexed schemaUID)'
const decode = (name: string, values: readonly unknown[]) => decodeBy(eas, encodeLog(`${name}${PARTIES}`, values))
const made = {
  type: 'attestation.made',
  uid: hash(1),
  attester: address(2),
  tokenId: null,
  expiry: null,
  score: null,
  tag: null,
  contentHash: null,
  uri: null,
}

it('an attestation has an attester, and perhaps somebody it is about', () => {
  expect(decode('Attested', [address(0xc0), address(2), hash(1), hash(3)])).toEqual([{...made, subject: address(0xc0), schema: hash(3)}])
  expect(decode('Attested', [ZERO_ADDRESS, address(2), hash(1), ZERO_HASH])).toEqual([{...made, subject: null, schema: null}])
})

it('the attester takes it back', () => {
  expect(decode('Revoked', [address(0xc0), address(2), hash(1), hash(3)])).toEqual([
    {type: 'attestation.revoked', uid: hash(1), by: address(2)},
  ])
})
