import {expect, test} from 'vitest'
import {address, eventAt} from '../../test/support/givenEvents'
import type {DomainEvent, EventBody} from '../domain/event'
import {parseAddress, ZERO_HASH} from '../domain/hex'
import {eventKey} from '../domain/ids'
import type {TokenAccountRow} from '../domain/rows'
import {accountsNamed, nameTokens} from './nameTokens'

const [NFT, ACCOUNT, OTHER] = [address(0xa7), address(0xacc), address(0x07)]
const token = {collection: NFT, tokenId: 42n}
const bound = (account = ACCOUNT, tokenChainId = 1n): EventBody => ({
  type: 'account.bound',
  ...token,
  account,
  tokenChainId,
  implementation: null,
  proven: true,
})
const attached = (account = ACCOUNT): EventBody => ({
  type: 'licenseTerms.attached',
  collection: account,
  tokenId: 0n,
  namedBy: 'account',
  template: OTHER,
  termsId: 1n,
})
const row = (block: number): TokenAccountRow => ({
  id: `1-${ACCOUNT}`,
  chainId: 1n,
  account: ACCOUNT,
  collectionId: `1-${NFT}`,
  assetId: `1-${NFT}-42`,
  bindingId: eventKey(1, block, 0, 0),
})
const known = (stored?: TokenAccountRow) => ({TokenAccount: new Map([[`1-${ACCOUNT}`, stored]])})
const assetsOf = (events: readonly DomainEvent[]) =>
  events.map((event) => ('tokenId' in event && 'collection' in event ? [event.collection, event.tokenId] : null))

test('an account becomes the token that it is bound to, by a stored row or by a log before', () => {
  const use = eventAt({block: 5}, attached())
  expect(accountsNamed([use])).toEqual([{table: 'TokenAccount', id: `1-${ACCOUNT}`}])
  const [named] = nameTokens([use], known(row(4)))
  expect(named).toEqual({...use, ...token, namedBy: undefined})
  expect(assetsOf(nameTokens([eventAt({block: 4}, bound()), use], known()))[1]).toEqual([NFT, 42n])
})

test('what is bound later, by nobody who counts, or to a token of another chain, stands for itself [INV-1]', () => {
  const use = eventAt({block: 5}, attached())
  const itself = [ACCOUNT, 0n]
  expect(assetsOf(nameTokens([use, eventAt({block: 6}, bound())], known()))[0]).toEqual(itself)
  expect(assetsOf(nameTokens([use], known(row(6))))).toEqual([itself])
  const claim = eventAt({block: 4}, bound(), {authority: 'unverified', emitter: OTHER})
  expect(assetsOf(nameTokens([claim, use], known()))[1]).toEqual(itself)
  expect(assetsOf(nameTokens([eventAt({block: 4}, bound(ACCOUNT, 1514n)), use], known()))[1]).toEqual(itself)
})

test('an attestation about an account is about its token, and about the account where nobody knows one', () => {
  const dispute = eventAt(
    {block: 5},
    {
      ...{type: 'attestation.made', uid: ZERO_HASH, attester: OTHER, subject: ACCOUNT, tokenId: null, namedBy: 'account'},
      ...{schema: null, expiry: null, score: null, tag: null, contentHash: null, uri: null},
    },
  )
  expect(accountsNamed([dispute])).toEqual([{table: 'TokenAccount', id: `1-${ACCOUNT}`}])
  expect(nameTokens([dispute], known(row(4)))).toMatchObject([{subject: NFT, tokenId: 42n}])
  expect(nameTokens([dispute], known())).toMatchObject([{subject: ACCOUNT, tokenId: null}])
})

test('both ends of a derivative and the asset of a commitment are named; other events stay what they are', () => {
  const named = {collection: ACCOUNT, tokenId: 0n, namedBy: 'account'} as const
  const edge: EventBody = {
    type: 'derivative.registered',
    parent: {...named, collection: parseAddress(OTHER)},
    child: named,
    licenseId: null,
    royaltyBps: 0,
    relation: 0,
  }
  const commit: EventBody = {type: 'metadata.committed', asset: named, by: null, contentHash: null, cidHash: null, uri: null, note: null}
  const events = [eventAt({block: 5}, edge), eventAt({block: 6}, commit), eventAt({block: 7}, bound(OTHER))]
  expect(accountsNamed(events).map(({id}) => id)).toEqual([`1-${OTHER}`, `1-${ACCOUNT}`, `1-${ACCOUNT}`])
  const [derivative, committed, binding] = nameTokens(events, known(row(1)))
  expect(derivative).toMatchObject({parent: {collection: OTHER, tokenId: 0n}, child: token})
  expect(committed).toMatchObject({asset: token})
  expect(binding).toBe(events[2])
})
