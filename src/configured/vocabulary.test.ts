import {EventFragment, Interface, id} from 'ethers'
import {expect, test} from 'vitest'
import {address, hash} from '../../test/support/givenEvents'
import {EMITTER, givenLog} from '../../test/support/givenLogs'
import type {Hex} from '../domain/hex'
import {buildConfiguredLayout} from './configuredStandard'
import type {EventMapping} from './eventMapping'
import {EVENTS} from './vocabulary'

const ARGUMENTS = 'E(uint256 indexed n, address a, bytes32 h, string s, bool b, uint256 big)'
const VALUES = [7n, address(0xa), hash(0xb), 'text', true, 2n ** 256n - 1n]
const SENDER = address(0xf40)

function decode(as: EventMapping['as'], fields: EventMapping['fields']) {
  const result = buildConfiguredLayout({contracts: '*', event: ARGUMENTS, as, fields})
  if (!result.ok) throw new Error(JSON.stringify(result.problems))
  const fragment = EventFragment.from(`event ${ARGUMENTS}`)
  const {topics, data} = new Interface([fragment]).encodeEventLog(fragment, VALUES)
  return result.layout.decode(givenLog({topics: topics as Hex[], data: data as Hex}))
}

const TOKEN = {collection: EMITTER, tokenId: 7n}

test.each<[EventMapping['as'], EventMapping['fields'], object]>([
  ['metadata.changed', {tokenId: 'n', uri: 's'}, {collection: EMITTER, scope: {kind: 'token', tokenId: 7n}, uri: 'text'}],
  ['metadata.changed', {fromTokenId: 'n', toTokenId: 'big'}, {scope: {kind: 'range', fromTokenId: 7n, toTokenId: null}, uri: null}],
  ['metadata.changed', {}, {scope: {kind: 'contract'}}],
  ['metadata.committed', {tokenId: 'n', contentHash: 'h', note: 's'}, {asset: TOKEN, contentHash: hash(0xb), note: 'text', by: null}],
  ['metadata.committed', {contentHash: 's'}, {asset: null}],
  ['token.lockChanged', {tokenId: 'n', locked: 'b'}, {...TOKEN, locked: true}],
  ['stake.allocated', {tokenId: 'n', amount: 'n'}, {asset: TOKEN, staker: SENDER, beneficiary: null, amount: 7n, purpose: null}],
  ['stake.allocated', {amount: 'n', beneficiary: 'a', purpose: 's'}, {asset: null, beneficiary: address(0xa), purpose: 'text'}],
  [
    'derivative.registered',
    {parentContent: 'h', childTokenId: 'n', relation: 3},
    {parent: null, parentContent: hash(0xb), child: TOKEN, relation: 3, royaltyBps: 0, licenseId: null},
  ],
  [
    'derivative.registered',
    {parentCollection: 'a', parentTokenId: 'n', childTokenId: 'n'},
    {parent: {collection: address(0xa), tokenId: 7n}, parentContent: null, child: TOKEN},
  ],
  ['attestation.made', {uid: 'h', subject: 'a', score: 'n'}, {uid: hash(0xb), attester: SENDER, subject: address(0xa), score: 7}],
  ['contract.upgraded', {implementation: 'a'}, {implementation: address(0xa)}],
  [
    'royalty.paid',
    {tokenId: 'n', recipient: 'a', amount: 'n', recipientRole: '=model owner'},
    {role: 'modelOwner', recipient: address(0xa)},
  ],
  ['royalty.paid', {tokenId: 'n', recipient: 'a', amount: 'n', recipientRole: 's'}, {role: 'other'}],
  [
    'royalty.termsSet',
    {tokenId: 'n', recipient: 'a', bps: 'n'},
    {...TOKEN, shares: [{recipient: address(0xa), parts: 70_000n}], movedTo: null},
  ],
  ['royalty.termsSet', {movedTo: 'a'}, {tokenId: null, shares: [], movedTo: address(0xa)}],
  ['license.exercised', {licenseId: 'n'}, {licenseId: 7n, by: null}],
  [
    'license.granted',
    {tokenId: 'n', licenseId: 'keccak256(s)', licensee: 'a', termsId: 'n'},
    {licenseId: BigInt(id('text')), terms: {template: EMITTER, termsId: 7n}},
  ],
  [
    'licenseTerms.registered',
    {termsId: 'n', termsHash: 'keccak256(s)', price: 'n', royaltyBps: 250, transferable: 'b'},
    {
      template: EMITTER,
      termsId: 7n,
      termsHash: id('text'),
      price: 7n,
      royaltyBps: 250,
      duration: null,
      transferable: true,
      commercialUse: null,
    },
  ],
  ['licenseTerms.attached', {tokenId: 'n', template: 'a', termsId: 3}, {...TOKEN, template: address(0xa), termsId: 3n}],
  ['account.bound', {tokenId: 'n', account: 'a'}, {...TOKEN, account: address(0xa), tokenChainId: 1n, implementation: null, proven: false}],
])('%s by configuration: %o', (as, fields, expected) => {
  expect(decode(as, fields)).toMatchObject([{type: as, ...expected}])
})

test('every event of the table names its fields once, and is told when a required one is missing', () => {
  for (const [as, spec] of Object.entries(EVENTS)) {
    const required = Object.entries(spec?.fields ?? {}).filter(([, {fallback}]) => fallback === undefined)
    const result = buildConfiguredLayout({contracts: '*', event: ARGUMENTS, as: as as EventMapping['as'], fields: {}})
    expect(result.ok ? [] : result.problems.map(({path}) => path)).toEqual(required.map(([name]) => `fields.${name}`))
  }
})
