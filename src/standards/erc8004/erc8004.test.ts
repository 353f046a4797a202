import {expect, it} from 'vitest'
import {address} from '../../../test/support/givenEvents'
import {decodeBy, EMITTER, encodeLog} from '../../../test/support/givenLogs'
import {erc8004} from './erc8004'

const REGISTERED = 'Registered(uint256 indexed agentId, string agentURI, address indexed owner)'
const UPDATED = 'URIUpdated(uint256 indexed agentId, string newURI, address indexed updatedBy)'
const SET = 'MetadataSet(uint256 indexed agentId, string indexed indexedMetadataKey, string metadataKey, bytes metadataValue)'

const decode = (signature: string, values: readonly unknown[]) => decodeBy(erc8004, encodeLog(signature, values))
const changed = (tokenId: bigint, uri: string | null) => [
  {type: 'metadata.changed', collection: EMITTER, scope: {kind: 'token', tokenId}, uri},
]

it('an agent is registered with its URI, from id 0, or without one', () => {
  expect(decode(REGISTERED, [0, 'ipfs://agent', address(1)])).toEqual(changed(0n, 'ipfs://agent'))
  expect(decode(REGISTERED, [1, '', address(1)])).toEqual(changed(1n, null))
})

it('a new URI is told', () => {
  expect(decode(UPDATED, [22, 'data:application/json;base64,e30=', address(2)])).toEqual(changed(22n, 'data:application/json;base64,e30='))
})

it('a key that is set changes the metadata of the token, its clearing at a transfer too', () => {
  expect(decode(SET, [22, 'agentWallet', 'agentWallet', `0x${'ab'.repeat(20)}`])).toEqual(changed(22n, null))
  expect(decode(SET, [22, 'agentWallet', 'agentWallet', '0x'])).toEqual(changed(22n, null))
})
