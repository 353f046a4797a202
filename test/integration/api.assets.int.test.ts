import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import type {ContractUpgradeRow} from '../../src/domain/rows'
import {assetId, FINALIZED, startApiUnderTest, verified} from '../support/apiUnderTest'
import {CHAIN, SENDER} from '../support/filledDatabase'
import {ART, RANGE} from '../support/randomLogs'

let app: Awaited<ReturnType<typeof startApiUnderTest>>
beforeAll(async () => {
  app = await startApiUnderTest()
})
afterAll(() => app.stop())

describe('one asset', () => {
  test('as the scripts ask for it: owner, mint, counts, collection', async () => {
    const row = app.rows('Asset').find((r) => r.owner !== null && r.mintId !== null && r.collectionId.endsWith(ART))
    const mint = app.rows('Transfer').find((t) => t.id === row?.mintId)
    const {asset} = await app.answer(
      `query ($id: AssetId!) { asset(id: $id) { id tokenId standard burned transferCount incarnation collection { address } owner { address } creator { address }
        mint { kind from { address } to { address } amount blockNumber logIndex transactionHash timestamp asset { id } finality } } }`,
      {id: assetId(row?.id as string)},
    )
    expect(asset).toEqual({
      id: assetId(row?.id as string),
      tokenId: String(row?.tokenId),
      standard: 'ERC721',
      burned: row?.burnId !== null,
      transferCount: row?.transferCount,
      incarnation: row?.incarnation,
      collection: {address: ART},
      owner: {address: row?.owner},
      creator: {address: SENDER},
      mint: {
        kind: 'MINT',
        from: {address: `0x${'0'.repeat(40)}`},
        to: {address: mint?.to},
        amount: '1',
        blockNumber: mint?.blockNumber,
        logIndex: mint?.logIndex,
        transactionHash: mint?.transactionHash,
        timestamp: mint?.timestamp.toISOString(),
        asset: {id: assetId(row?.id as string)},
        finality: (mint?.blockNumber as number) <= FINALIZED ? 'FINAL' : 'HEAD',
      },
    })
  })

  test('either namespace is accepted, the known one returned; an id nobody spoke of is null', async () => {
    const edition = app.rows('Asset').find((r) => r.standard === 'erc1155')
    const {a, b} = await app.answer('query ($a: AssetId!, $b: AssetId!) { a: asset(id: $a) { id } b: asset(id: $b) { id } }', {
      a: assetId(edition?.id as string, 'erc721'),
      b: `eip155:${CHAIN}/erc721:0x${'12'.repeat(20)}/1`,
    })
    expect(a).toEqual({id: assetId(edition?.id as string, 'erc1155')})
    expect(b).toBeNull()
  })

  test('an id in a range too large to write out has an owner', async () => {
    const last = app
      .rows('RangeTransfer')
      .filter((r) => r.fromTokenId === 0n && r.toTokenId > 10n ** 70n)
      .at(-1)
    const {asset} = await app.answer(
      'query ($id: AssetId!) { asset(id: $id) { owner { address } transferCount provenance(kinds: [TRANSFER]) { nodes { __typename } } } }',
      {
        id: `eip155:${CHAIN}/erc721:${RANGE}/${2n ** 255n}`,
      },
    )
    expect(asset.owner).toEqual({address: last?.to})
    expect(asset.provenance.nodes.every((n: {__typename: string}) => n.__typename === 'RangeTransfer')).toBe(true)
  })

  test('holders of an ERC-1155 asset sum to its supply [INV-3]', async () => {
    const edition = app.rows('Asset').find((r) => r.standard === 'erc1155' && r.supply > 0n)
    const {asset} = await app.answer(
      'query ($id: AssetId!) { asset(id: $id) { supply balances(first: 100) { nodes { amount account { address } } } } }',
      {
        id: assetId(edition?.id as string),
      },
    )
    const sum = asset.balances.nodes.reduce((total: bigint, b: {amount: string}) => total + BigInt(b.amount), 0n)
    expect(String(sum)).toBe(asset.supply)
  })
})

describe('provenance', () => {
  /** Whether it is the upgrade of the beacon that the contract was on just then. */
  const isOfBeacon = ({id, kind, address}: ContractUpgradeRow, of: string): boolean => {
    const before = app.rows('ContractUpgrade').filter((r) => r.collectionId === of && r.id < id && /upgraded|beaconChanged/.test(r.kind))
    return kind === 'upgraded' && before.at(-1)?.beacon === address
  }
  const concerning = (key: string): string[] => {
    const [chain, collection, token] = key.split('-')
    const of = `${chain}-${collection}`
    const tokenId = BigInt(token as string)
    const covers = (r: {fromTokenId: bigint | null; toTokenId: bigint | null}) =>
      tokenId >= (r.fromTokenId ?? 0n) && (r.toTokenId === null || tokenId <= r.toTokenId)
    return [
      ...app.rows('Transfer').filter((r) => r.assetId === key),
      ...app.rows('RangeTransfer').filter((r) => r.collectionId === of && covers(r)),
      ...app
        .rows('MetadataChange')
        .filter((r) => r.assetId === key || (r.collectionId === of && (r.scope === 'contract' || (r.scope === 'range' && covers(r))))),
      ...verified(app.rows('LicenseEvent')).filter((r) => r.assetId === key),
      ...verified(app.rows('RoyaltyPayment')).filter((r) => r.assetId === key),
      ...verified(app.rows('RoyaltyTermsChange')).filter((r) => r.assetId === key || (r.collectionId === of && r.assetId === null)),
      ...verified(app.rows('GenerationEvent')).filter((r) => r.assetId === key),
      ...verified(app.rows('Derivative')).filter((r) => r.parentAssetId === key || r.childAssetId === key),
      ...app.rows('ContractUpgrade').filter((r) => r.collectionId === of || isOfBeacon(r, of)),
      ...app.rows('TokenLock').filter((r) => r.assetId === key),
      ...verified(app.rows('MetadataCommit')).filter((r) => r.assetId === key),
      ...verified(app.rows('StakeAllocation')).filter((r) => r.assetId === key),
      ...verified(app.rows('AccountBinding')).filter((r) => r.assetId === key),
      ...verified(app.rows('AttestationEvent')).filter((r) => r.assetId === key || (r.subject === collection && r.assetId === null)),
    ]
      .map((r) => r.id)
      .sort()
  }

  test('is every entry that concerns the asset, in chain order, page by page, and back', async () => {
    const all = [...new Set(app.rows('Transfer').map((r) => r.assetId))]
    const keys = [...all.slice(0, 6), ...all.filter((key) => key.includes(ART)).slice(0, 6)]
    for (const key of keys) {
      const seen: string[] = []
      let after: string | null = null
      do {
        const {provenance} = await app.answer(
          'query ($a: AssetId!, $after: String) { provenance(asset: $a, first: 7, after: $after) { totalCount nodes { id } pageInfo { hasNextPage endCursor } } }',
          {a: assetId(key), after},
        )
        seen.push(...provenance.nodes.map((n: {id: string}) => n.id))
        after = provenance.pageInfo.hasNextPage ? provenance.pageInfo.endCursor : null
        expect(provenance.totalCount).toBe(concerning(key).length)
      } while (after)
      expect(seen).toEqual(concerning(key))
      const {provenance: last} = await app.answer(
        'query ($a: AssetId!) { provenance(asset: $a, last: 5) { nodes { id } pageInfo { hasPreviousPage } } }',
        {a: assetId(key)},
      )
      expect(last.nodes.map((n: {id: string}) => n.id)).toEqual(concerning(key).slice(-5))
    }
  })

  test('tells every kind with its own fields', async () => {
    const types = new Set<string>()
    for (const key of new Set(app.rows('Asset').map((r) => r.id))) {
      const {asset} = await app.answer(
        `query ($a: AssetId!) { asset(id: $a) { provenance(first: 500) { nodes { __typename id blockHash subIndex
          ... on LicenseEvent { applied license { id } } ... on GenerationEvent { generation { status } } ... on Derivative { relation parent { id } }
          ... on ContractUpgrade { implementation { address } } } } } }`,
        {a: assetId(key)},
      )
      for (const node of asset.provenance.nodes) types.add(node.__typename)
    }
    expect([...types].sort()).toEqual([
      'AccountBinding',
      'AttestationEvent',
      'ContractUpgrade',
      'Derivative',
      'GenerationEvent',
      'LicenseEvent',
      'MetadataCommit',
      'MetadataUpdate',
      'RangeTransfer',
      'RoyaltyPayment',
      'RoyaltyTermsChange',
      'StakeAllocation',
      'TokenLock',
      'Transfer',
    ])
  })

  test("strangers' claims are left out unless asked for", async () => {
    const stranger = app.rows('RoyaltyPayment').find((r) => r.authority === 'unverified')
    const query = (include: boolean) =>
      `query ($a: AssetId!) { provenance(asset: $a, kinds: [ROYALTY], first: 500, includeUnverified: ${include}) { nodes { id } } }`
    const ids = async (include: boolean) =>
      (await app.answer(query(include), {a: assetId(stranger?.assetId as string)})).provenance.nodes.map((n: {id: string}) => n.id)
    expect(await ids(false)).not.toContain(stranger?.id)
    expect(await ids(true)).toContain(stranger?.id)
  })
})
