import {expect, it} from 'vitest'
import {address, hash} from '../../../test/support/givenEvents'
import {decodeBy, EMITTER, encodeLog} from '../../../test/support/givenLogs'
import {ZERO_ADDRESS} from '../../domain/hex'
import {erc7857} from './erc7857'

const [ALICE, BOB] = [address(0xa), address(0xb)]
const decode = (signature: string, values: readonly unknown[]) => decodeBy(erc7857, encodeLog(signature, values))
const moved = {type: 'token.transferred', namespace: 'erc721', collection: EMITTER, amount: 1n, operator: null, besideErc721: true}
const commit = {type: 'metadata.committed', asset: {collection: EMITTER, tokenId: 7n}, cidHash: null, uri: null, note: null}

it('case 17: Transferred alone moves a token', () => {
  expect(decode('Transferred(uint256 _tokenId, address indexed _from, address indexed _to)', [7, ALICE, BOB])).toEqual([
    {...moved, tokenId: 7n, from: ALICE, to: BOB},
  ])
})

it('a clone is minted, and descends from what it was cloned from', () => {
  const cloned = 'Cloned(uint256 indexed _tokenId, uint256 indexed _newTokenId, address _from, address _to)'
  expect(decode(cloned, [7, 8, ALICE, BOB])).toEqual([
    {...moved, tokenId: 8n, from: ZERO_ADDRESS, to: BOB},
    {
      type: 'derivative.registered',
      parent: {collection: EMITTER, tokenId: 7n},
      child: {collection: EMITTER, tokenId: 8n},
      licenseId: null,
      royaltyBps: 0,
      relation: 2,
    },
  ])
})

it('an authorization lasts until it is revoked, and both mean the same place', () => {
  const parties = 'address indexed _from, address indexed _to, uint256 indexed _tokenId'
  const slot = `user 7 ${BOB}`
  expect(decode(`Authorization(${parties})`, [ALICE, BOB, 7])).toMatchObject([
    {type: 'license.granted', slot, licensor: ALICE, licensee: BOB, expiry: null, tokenId: 7n},
  ])
  expect(decode(`AuthorizationRevoked(${parties})`, [ALICE, BOB, 7])).toMatchObject([
    {type: 'license.revoked', licenseId: null, slot, revokedBy: ALICE},
  ])
  expect(decode('AuthorizedUsage(uint256 indexed _tokenId, address indexed _user)', [7, BOB])).toMatchObject([
    {type: 'license.granted', slot, licensor: null, licensee: BOB},
  ])
})

it('the contracts of 0G and the draft mint with hashes of the data', () => {
  const zeroG =
    'Minted(uint256 indexed _tokenId, address indexed _creator, address indexed _owner, bytes32[] _dataHashes, string[] _dataDescriptions)'
  expect(decode(zeroG, [7, ALICE, BOB, [hash(1), hash(2)], ['model']])).toEqual([
    {...moved, tokenId: 7n, from: ZERO_ADDRESS, to: BOB},
    {...commit, by: ALICE, contentHash: hash(1), note: 'model'},
    {...commit, by: ALICE, contentHash: hash(2)},
  ])
  expect(decode('Minted(uint256 indexed _tokenId, address indexed _creator, bytes32[] _dataHashes)', [7, ALICE, []])).toEqual([
    {...moved, tokenId: 7n, from: ZERO_ADDRESS, to: ALICE},
  ])
})

it('new data is told by its hashes', () => {
  const updated = 'Updated(uint256 indexed _tokenId, bytes32[] _oldDataHashes, bytes32[] _newDataHashes)'
  expect(decode(updated, [7, [hash(1)], [hash(3)]])).toEqual([
    {type: 'metadata.changed', collection: EMITTER, scope: {kind: 'token', tokenId: 7n}, uri: null},
    {...commit, by: null, contentHash: hash(3)},
  ])
})
