import {expect, test} from 'vitest'
import {foldTables} from '../../../test/support/foldTables'
import {address, eventAt, hash, inBlock} from '../../../test/support/givenEvents'
import type {MetadataChanged} from '../../domain/event'
import {ZERO_ADDRESS} from '../../domain/hex'
import {eventKey} from '../../domain/ids'
import {BrokenInvariant} from '../../domain/invariant'
import {MAX_UINT256} from '../../domain/uint256'

const ART = address(0xa7)
const changed = (scope: MetadataChanged['scope'], uri: string | null = null): MetadataChanged => ({
  type: 'metadata.changed',
  collection: ART,
  scope,
  uri,
})
const changesAfter = async (...bodies: readonly MetadataChanged[]) => (await foldTables(inBlock(1, ...bodies))).MetadataChange ?? []

test('case 4: a change of a token that nothing minted yet is a row with its URI, and no asset', async () => {
  const {MetadataChange, Asset} = await foldTables([
    eventAt({block: 1, logIndex: 4}, changed({kind: 'token', tokenId: MAX_UINT256}, 'ipfs://x'), {standard: 'erc4906'}),
  ])
  expect(MetadataChange).toEqual([
    {
      id: eventKey(1, 1, 4, 0),
      chainId: 1n,
      blockNumber: 1,
      logIndex: 4,
      timestamp: new Date((1_700_000_000 + 12) * 1000),
      transactionHash: hash(1004),
      collectionId: `1-${ART}`,
      standard: 'erc4906',
      scope: 'token',
      assetId: `1-${ART}-${MAX_UINT256}`,
      fromTokenId: MAX_UINT256,
      toTokenId: MAX_UINT256,
      uri: 'ipfs://x',
    },
  ])
  expect(Asset).toBeUndefined()
})

test('case 4: the change before the mint stays, and the mint makes the asset', async () => {
  const mint = {
    type: 'token.transferred',
    namespace: 'erc721',
    collection: ART,
    tokenId: 1n,
    from: ZERO_ADDRESS,
    to: address(1),
    amount: 1n,
    operator: null,
  } as const
  const {MetadataChange, Asset} = await foldTables(
    [eventAt({block: 1}, changed({kind: 'token', tokenId: 1n}))],
    [eventAt({block: 2}, mint)],
  )
  expect([MetadataChange?.[0]?.assetId, Asset?.[0]?.id]).toEqual([`1-${ART}-1`, `1-${ART}-1`])
})

test('case 3: a range is one row whatever its size, open-ended or naming nothing', async () => {
  const range = (fromTokenId: bigint, toTokenId: bigint | null) => changed({kind: 'range', fromTokenId, toTokenId})
  const rows = await changesAfter(range(0n, null), range(5n, null), range(7n, 3n), range(1n, 1_000_000n))
  expect(rows.map(({scope, assetId, fromTokenId, toTokenId}) => [scope, assetId, fromTokenId, toTokenId])).toEqual([
    ['range', null, 0n, null],
    ['range', null, 5n, null],
    ['range', null, 7n, 3n],
    ['range', null, 1n, 1_000_000n],
  ])
})

test('a change of the contract itself names no id', async () => {
  expect(await changesAfter(changed({kind: 'contract'}))).toMatchObject([
    {scope: 'contract', assetId: null, fromTokenId: null, toTokenId: null},
  ])
})

test("a stranger's word about a contract has no row to go to: such an event is a bug of the decoding [INV-2]", async () => {
  const forged = eventAt({}, changed({kind: 'contract'}), {emitter: address(0xbad), authority: 'unverified'})
  await expect(foldTables([forged])).rejects.toThrow(BrokenInvariant)
})
