import {expect, it} from 'vitest'
import {hash} from '../../../test/support/givenEvents'
import {decodeBy, EMITTER, encodeLog} from '../../../test/support/givenLogs'
import {MAX_UINT256} from '../../domain/uint256'
import {erc7496} from './erc7496'

const KEY = hash(0x7a17)
const decode = (signature: string, values: readonly unknown[]) => decodeBy(erc7496, encodeLog(signature, values))
const changed = (scope: unknown) => ({type: 'metadata.changed', collection: EMITTER, scope, uri: null})

it('a trait of one token, of the greatest id', () => {
  expect(decode('TraitUpdated(bytes32 indexed traitKey, uint256 tokenId, bytes32 traitValue)', [KEY, MAX_UINT256, hash(1)])).toEqual([
    changed({kind: 'token', tokenId: MAX_UINT256}),
  ])
})

it.each([
  ['a range', 3n, 7n, 7n],
  ['an open end', 3n, MAX_UINT256, null],
  ['a range that runs backwards', 7n, 3n, 3n],
])('%s stays one range, with and without a uniform value', (_, from, to, toTokenId) => {
  const expected = [changed({kind: 'range', fromTokenId: from, toTokenId})]
  const range = 'bytes32 indexed traitKey, uint256 fromTokenId, uint256 toTokenId'
  expect(decode(`TraitUpdatedRange(${range})`, [KEY, from, to])).toEqual(expected)
  expect(decode(`TraitUpdatedRangeUniformValue(${range}, bytes32 traitValue)`, [KEY, from, to, hash(1)])).toEqual(expected)
})

it('a list is one event an id, in its order, repeats kept; an empty list says nothing', () => {
  const list = 'bytes32 indexed traitKey, uint256[] tokenIds'
  const expected = [9n, 2n, 9n].map((tokenId) => changed({kind: 'token', tokenId}))
  expect(decode(`TraitUpdatedList(${list})`, [KEY, [9, 2, 9]])).toEqual(expected)
  expect(decode(`TraitUpdatedListUniformValue(${list}, bytes32 traitValue)`, [KEY, [9, 2, 9], hash(1)])).toEqual(expected)
  expect(decode(`TraitUpdatedList(${list})`, [KEY, []])).toEqual([])
})

it('the description of the traits concerns the whole contract', () => {
  expect(decode('TraitMetadataURIUpdated()', [])).toEqual([changed({kind: 'contract'})])
})
