import {AbiCoder, id} from 'ethers'
import {expect, it} from 'vitest'
import {address, hash} from '../../../test/support/givenEvents'
import {decodeBy, encodeLog} from '../../../test/support/givenLogs'
import {type Hex, ZERO_ADDRESS, ZERO_HASH} from '../../domain/hex'
import type {Answer} from '../../domain/question'
import {eas} from './eas'
import {ASSET_SCHEMAS, schemaUid} from './record'

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
  record: {data: null, refUid: null, revocable: null, source: 'unknown: no_node'},
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

const LOG = encodeLog(`Attested${PARTIES}`, [ZERO_ADDRESS, address(2), hash(1), hash(3)])
const coder = AbiCoder.defaultAbiCoder()
/** What getAttestation answers: Common.sol of EAS. */
const answer = (given: {uid?: string; schema?: string; expires?: bigint; ref?: string; data?: string}): Answer => {
  const {uid = hash(1), schema = hash(3), expires = 0n, ref = ZERO_HASH, data = '0x'} = given
  const types = '(bytes32,bytes32,uint64,uint64,uint64,bytes32,address,address,bool,bytes)'
  return {ok: true, data: coder.encode([types], [[uid, schema, 5n, expires, 0n, ref, ZERO_ADDRESS, address(2), true, data]]) as Hex}
}
const told = (by: Answer) => eas.layouts[0]?.decode(LOG, [by])[0]

it('the registry is asked at the block of the log for what the log leaves out', () => {
  expect(eas.layouts[0]?.asks?.(LOG)).toEqual([
    {kind: 'call', to: LOG.address, data: `${id('getAttestation(bytes32)').slice(0, 10)}${hash(1).slice(2)}`, at: 'block'},
  ])
  expect(told(answer({ref: hash(9), data: '0x1234'}))).toMatchObject({
    expiry: null,
    record: {data: '0x1234', refUid: hash(9), revocable: true, source: 'call'},
  })
})

it('the last second in which it stands is the one before it expires', () => {
  expect(told(answer({expires: 1_800_000_000n}))).toMatchObject({expiry: 1_799_999_999n})
})

it('one of a schema that names a token is about that token; what is no such data is about nobody', () => {
  const schema = schemaUid(ASSET_SCHEMAS[1], ZERO_ADDRESS, false)
  const data = coder.encode(['address', 'uint256', 'bytes32'], [address(0xa1), 2n ** 255n, hash(7)])
  expect(told(answer({schema, data}))).toMatchObject({subject: address(0xa1), tokenId: 2n ** 255n, contentHash: hash(7)})
  expect(told(answer({schema, data: '0x12'}))).toMatchObject({subject: null, tokenId: null, record: {data: '0x12', source: 'call'}})
  expect(told(answer({data}))).toMatchObject({subject: null, tokenId: null})
})

it('what cannot be known says why', () => {
  const source = (by: Answer) => (told(by) as {record?: {source: string}}).record?.source
  expect(source({ok: false, reason: 'no_state'})).toBe('unknown: no_state')
  expect(source({ok: true, data: '0x1234'})).toBe('unknown: malformed')
  expect(source(answer({uid: hash(8)}))).toBe('unknown: another_attestation')
})
