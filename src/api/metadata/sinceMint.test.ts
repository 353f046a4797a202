import {expect, test} from 'vitest'
import {judgeSinceMint, type MintState} from './sinceMint'

const [a, b] = [Buffer.from('a'), Buffer.from('b')]
const state = (given: Partial<MintState>): MintState => ({
  present: {document_hash: a, uri_hash: a, verdict: 'mutable'},
  ...{minted: null, mintUri: null, mintUriHash: null, mintFailure: null, firstHash: a, firstAt: new Date(0)},
  ...given,
})
const minted = (hash: Buffer) => ({document_hash: hash}) as MintState['minted']

test.each([
  ['unchanged', 'what was minted is known and the same', {minted: minted(a)}],
  ['changed', 'what was minted is known and another', {minted: minted(b)}],
  ['changed', 'another document was seen first', {firstHash: b}],
  ['unknown', 'the URI of the mint was another, and nobody saw what was there', {mintUriHash: b}],
  ['unknown', 'the URI is the same and promises nothing', {mintUriHash: a}],
  ['unknown', 'no node could tell', {mintFailure: 'the node does not answer for the block of the mint'}],
])('%s: %s', (status, _, given) => expect(judgeSinceMint(state(given)).status).toBe(status))

test('the reason is that of the node where the node is the reason', () =>
  expect(judgeSinceMint(state({mintFailure: 'no archive'})).reason).toBe('no archive'))
