import {expect, test} from 'vitest'
import {foldTables} from '../../../test/support/foldTables'
import {address, eventAt} from '../../../test/support/givenEvents'
import type {EventBody} from '../../domain/event'

const [NFT, ACCOUNT, REGISTRY] = [address(0xa7), address(0xacc), address(0x6551)]
const bound = (tokenId: bigint, tokenChainId = 1n): EventBody => ({
  type: 'account.bound',
  collection: NFT,
  tokenId,
  account: ACCOUNT,
  tokenChainId,
  implementation: null,
  proven: false,
})

test('the first word that counts binds an account; a claim is kept and binds nothing', async () => {
  const {AccountBinding, TokenAccount} = await foldTables(
    [eventAt({block: 1}, bound(666n), {emitter: REGISTRY, authority: 'unverified'})],
    [eventAt({block: 2}, bound(1n), {emitter: REGISTRY, authority: 'trusted'})],
    [eventAt({block: 3}, bound(2n), {emitter: REGISTRY, authority: 'trusted'})],
  )
  expect(AccountBinding?.map(({tokenId, authority}) => [tokenId, authority])).toEqual([
    [666n, 'unverified'],
    [1n, 'trusted'],
    [2n, 'trusted'],
  ])
  expect(TokenAccount).toMatchObject([{id: `1-${ACCOUNT}`, assetId: `1-${NFT}-1`}])
})

test('a token of another chain is named by that chain', async () => {
  const {TokenAccount} = await foldTables([eventAt({}, bound(1n, 137n), {emitter: REGISTRY})])
  expect(TokenAccount).toMatchObject([{id: `1-${ACCOUNT}`, chainId: 1n, assetId: `137-${NFT}-1`}])
})
