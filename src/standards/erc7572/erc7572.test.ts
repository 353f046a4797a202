import {expect, it} from 'vitest'
import {decodeBy, EMITTER, encodeLog} from '../../../test/support/givenLogs'
import {erc7572} from './erc7572'

it('ERC-7572 tells that the metadata of the contract changed', () => {
  expect(decodeBy(erc7572, encodeLog('ContractURIUpdated()', []))).toEqual([
    {type: 'metadata.changed', collection: EMITTER, scope: {kind: 'contract'}, uri: null},
  ])
})

it("thirdweb's variant tells the new URI", () => {
  const log = encodeLog('ContractURIUpdated(string prevURI, string newURI)', ['ipfs://old', 'ipfs://new'])
  expect(decodeBy(erc7572, log)).toEqual([{type: 'metadata.changed', collection: EMITTER, scope: {kind: 'contract'}, uri: 'ipfs://new'}])
})
