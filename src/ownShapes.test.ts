import {describe, expect, test} from 'vitest'
import {logBy, tablesOfShapes} from '../test/support/givenBlocks'
import {address} from '../test/support/givenEvents'

const [ART, OTHER, BUYER, MAKER] = [address(0xa7), address(0xb), address(3), address(4)]
const shape = (contract: string, event: string, as: string, fields: string) =>
  `{contract: "${contract}", event: "${event}", as: ${as}, fields: ${fields}}`

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
