import {id} from 'ethers'
import {expect, it} from 'vitest'
import {address} from '../../../test/support/givenEvents'
import {decodeBy, encodeLog} from '../../../test/support/givenLogs'
import {erc7053} from './erc7053'

it('ERC-7053 commits to media by the hash of their CID', () => {
  const cid = 'bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi'
  const log = encodeLog('Commit(address indexed recorder, string indexed assetCid, string commitData)', [address(1), cid, '{"a":1}'])
  expect(decodeBy(erc7053, log)).toEqual([
    {type: 'metadata.committed', asset: null, by: address(1), contentHash: null, cidHash: id(cid), uri: null, note: '{"a":1}'},
  ])
})
