import {expect, it} from 'vitest'
import {address} from '../../../test/support/givenEvents'
import {decodeBy, EMITTER, encodeLog} from '../../../test/support/givenLogs'
import {erc7662} from './erc7662'

it.each([
  ['AgentUpdated(uint256 indexed tokenId)', [3]],
  ['AgentCreated(string name, string description, string model, address recipient, uint256 tokenId)', ['a', 'b', 'gpt', address(1), 3]],
  [
    'AgentCreated(string name, string description, string model, string category, address recipient, uint256 tokenId)',
    ['a', 'b', 'gpt', 'art', address(1), 3],
  ],
])('%s changes the metadata of the agent', (signature, values) => {
  expect(decodeBy(erc7662, encodeLog(signature, values))).toEqual([
    {type: 'metadata.changed', collection: EMITTER, scope: {kind: 'token', tokenId: 3n}, uri: null},
  ])
})
