import {id} from 'ethers'
import {describe, expect, test} from 'vitest'
import {logBy, tablesOfShapes} from '../test/support/givenBlocks'
import {address} from '../test/support/givenEvents'

const [ART, OTHER, BUYER, MAKER] = [address(0xa7), address(0xb), address(3), address(4)]
const shape = (contract: string, event: string, as: string, fields: string) =>
  `{contract: "${contract}", event: "${event}", as: ${as}, fields: ${fields}}`
const subIndexes = (...ids: readonly (string | undefined)[]) => ids.map((id) => Number(id?.slice(-6)))

describe('several own shapes of one event', () => {
  const BOUGHT =
    'LicensePurchased(uint256 indexed licenseId, uint256 indexed tokenId, address indexed buyer, uint256 price, address creator)'
  const bought = (by = ART) => logBy(by, BOUGHT, [1, 2, BUYER, 100, MAKER])
  const granted = (contract = '*', price: string | number = 'price') =>
    shape(contract, BOUGHT, 'license.granted', `{licenseId: licenseId, tokenId: tokenId, licensee: buyer, price: ${price}}`)
  const paid = (contract = '*', amount: string | number = 'price') =>
    shape(contract, BOUGHT, 'royalty.paid', `{tokenId: tokenId, payer: buyer, recipient: creator, amount: ${amount}, kind: 1}`)

  test('all say what they mean of a log, in the order of the file', async () => {
    const {License, LicenseEvent, RoyaltyPayment, EventLink} = await tablesOfShapes(`[${granted()}, ${paid()}]`, bought())
    expect(License).toMatchObject([{licenseId: 1n, licensee: BUYER, price: 100n}])
    expect(RoyaltyPayment).toMatchObject([{tokenId: 2n, recipient: MAKER, amount: 100n}])
    expect(subIndexes(LicenseEvent?.[0]?.id, RoyaltyPayment?.[0]?.id)).toEqual([0, 1])
    expect(EventLink).toMatchObject([{relation: 'paidBy', effectId: LicenseEvent?.[0]?.id, causeId: RoyaltyPayment?.[0]?.id}])
    const turned = await tablesOfShapes(`[${paid()}, ${granted()}]`, bought())
    expect(subIndexes(turned.RoyaltyPayment?.[0]?.id, turned.LicenseEvent?.[0]?.id)).toEqual([0, 1])
  })

  test('may mean the same twice: two payments that one log tells', async () => {
    const {RoyaltyPayment} = await tablesOfShapes(`[${paid()}, ${paid(ART, 7)}, ${paid(ART, 8)}]`, bought(), bought(OTHER))
    expect(RoyaltyPayment?.map(({emitter, amount}) => [emitter, amount])).toEqual([
      [ART, 7n],
      [ART, 8n],
      [OTHER, 100n],
    ])
  })

  test('a contract that is named goes before "*" for what means the same, wherever it stands', async () => {
    const {License, RoyaltyPayment} = await tablesOfShapes(`[${granted()}, ${paid()}, ${granted(ART, 5)}]`, bought(), bought(OTHER))
    expect(License?.map(({emitter, price}) => [emitter, price])).toEqual(
      expect.arrayContaining([
        [ART, 5n],
        [OTHER, 100n],
      ]),
    )
    expect([License?.length, RoyaltyPayment?.length]).toEqual([2, 2])
  })

  test('one that cannot be read takes nothing from the other, and is counted [INV-2]', async () => {
    const locked = shape('*', BOUGHT, 'token.lockChanged', '{collection: creator, tokenId: tokenId, locked: true}')
    const {License, TokenLock, DecodeFailure} = await tablesOfShapes(`[${granted()}, ${locked}]`, bought())
    expect([License?.length, TokenLock]).toEqual([1, undefined])
    expect(DecodeFailure).toMatchObject([{reason: 'out_of_range', address: ART}])
  })
})

describe("one contract's own shape and the others' logs [INV-2]", () => {
  const UPDATE = 'MetadataUpdate(uint256 _tokenId)'
  const OLD_TRANSFER = 'Transfer(address from, address to, uint256 tokenId)'
  const ERC20_TRANSFER = 'Transfer(address indexed from, address indexed to, uint256 value)'
  const updates = shape(ART, UPDATE, 'metadata.changed', '{tokenId: _tokenId}')
  const moves = shape(ART, OLD_TRANSFER, 'token.transferred', '{from: from, to: to, tokenId: tokenId}')
  const reasons = async (events: string, ...logs: Parameters<typeof tablesOfShapes>[1][]) =>
    (await tablesOfShapes(events, ...logs)).DecodeFailure?.map(({reason, signature}) => [reason, signature])

  test('a log of another contract that cannot be read is a failure as without the shape', async () => {
    const broken = {...logBy(OTHER, UPDATE, [1]), data: '0x01'}
    expect(await reasons('[]', broken)).toEqual([['malformed', UPDATE]])
    expect(await reasons(`[${updates}]`, broken)).toEqual([['malformed', UPDATE]])
  })

  test('so is one with a number of topics that only the shape knows; ERC-20 stays foreign', async () => {
    const logs = [logBy(OTHER, OLD_TRANSFER, [BUYER, MAKER, 1]), logBy(OTHER, ERC20_TRANSFER, [BUYER, MAKER, 1])]
    const unread = await reasons('[]', ...logs)
    expect(unread).toMatchObject([['unknown_layout', expect.stringMatching(/^Transfer/)]])
    const older = shape(ART, ERC20_TRANSFER, 'token.transferred', '{from: from, to: to, tokenId: value}')
    expect(await reasons(`[${moves}, ${older}]`, ...logs)).toEqual(unread)
  })

  test('a topic of the shape alone is not ours, whatever another contract puts behind it', async () => {
    const own = shape(
      ART,
      'Minted(uint256 indexed tokenId, address to)',
      'token.transferred',
      `{from: "${address(0)}", to: to, tokenId: tokenId}`,
    )
    const minted = (by: string) => logBy(by, 'Minted(uint256 indexed tokenId, address to)', [1, BUYER])
    const tables = await tablesOfShapes(`[${own}]`, minted(ART), minted(OTHER), {
      ...minted(OTHER),
      topics: minted(OTHER).topics.slice(0, 1),
    })
    expect([tables.Transfer?.length, tables.DecodeFailure]).toEqual([1, undefined])
  })
})

describe('a range that an own shape says more of [INV-1]', () => {
  const RANGE =
    'ConsecutiveTransfer(uint256 indexed fromTokenId, uint256 toTokenId, address indexed fromAddress, address indexed toAddress)'
  const minted = (by = ART) => logBy(by, RANGE, [1, 3, address(0), BUYER])
  const ranges = shape(
    '*',
    RANGE,
    'token.rangeTransferred',
    '{fromTokenId: fromTokenId, toTokenId: toTokenId, from: fromAddress, to: toAddress}',
  )
  const changes = shape('*', RANGE, 'metadata.changed', '{fromTokenId: fromTokenId, toTokenId: toTokenId}')

  test('has each event in a place of its own, the range written out', async () => {
    const created = await tablesOfShapes(`[${shape('*', RANGE, 'contract.created', '{contract: toAddress}')}]`, minted(), minted())
    expect(subIndexes(...(created.ContractCreation ?? []).map((row) => row.id))).toEqual([0, 0])
    expect(subIndexes(...(created.Transfer ?? []).map((row) => row.id))).toEqual([1, 2, 3, 1, 2, 3])
    const told = await tablesOfShapes(`[${ranges}, ${changes}]`, minted(), minted(OTHER))
    expect(subIndexes(...(told.Transfer ?? []).map((row) => row.id))).toEqual([0, 1, 2, 0, 1, 2])
    expect(subIndexes(...(told.MetadataChange ?? []).map((row) => row.id))).toEqual([3, 3])
  })
})

describe('works that are named by a text', () => {
  const fields = `{tokenId: "keccak256(name)", from: "${address(0)}", to: owner}`
  const NAMED = 'WorkMinted(string name, address owner)'
  const INDEXED = 'WorkListed(string indexed name, address owner)'
  const MEMBERS = 'Work((string name, string title) work, address owner)'

  test('have the hash of the bytes in the log for an id, as an indexed name has, though no database can hold them as text', async () => {
    const names = ['a\0', 'a\uFFFD']
    const {Asset} = await tablesOfShapes(
      `[${shape('*', NAMED, 'token.transferred', fields)}, ${shape('*', INDEXED, 'token.transferred', fields)}]`,
      ...names.map((name) => logBy(ART, NAMED, [name, BUYER])),
      ...names.map((name) => logBy(OTHER, INDEXED, [name, BUYER])),
    )
    const idsOf = (contract: string) => Asset?.filter(({collectionId}) => collectionId.endsWith(contract)).map(({tokenId}) => tokenId)
    const ids = names.map((name) => BigInt(id(name)))
    expect(new Set(idsOf(ART))).toEqual(new Set(ids))
    expect(new Set(idsOf(OTHER))).toEqual(new Set(ids))
  })

  test('are told by that text as a database can hold it, members of structs too', async () => {
    const told = shape('*', MEMBERS, 'metadata.changed', '{tokenId: "keccak256(work.name)", uri: work.title}')
    const {MetadataChange} = await tablesOfShapes(`[${told}]`, logBy(ART, MEMBERS, [['a\0', 'b\0'], BUYER]))
    expect(MetadataChange).toMatchObject([{fromTokenId: BigInt(id('a\0')), uri: 'b\uFFFD'}])
  })
})
