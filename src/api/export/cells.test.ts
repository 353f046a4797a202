import {expect, test} from 'vitest'
import {formatCell, formatCsvLine, namedKeysOf, toExported} from './cells'

test.each([
  ['=1+1', "'=1+1"],
  [' =1+1', "' =1+1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['＝1', "'＝1"],
  ['-2+3', "'-2+3"],
  ['+1', "'+1"],
  ['\t=1', "'\t=1"],
  ['\r=1', `"'\r=1"`],
  ['-5', '-5'],
  ['a,"b"\n', '"a,""b""\n"'],
  [null, ''],
  [true, 'true'],
])('%j is written as %j', (value, cell) => expect(formatCell(value)).toBe(cell))

test('a line ends as RFC 4180 says', () => expect(formatCsvLine(['a', 1, null])).toBe('a,1,\r\n'))

test('a row names things as the API does, with the namespaces of known assets and collections', () => {
  const address = `0x${'ab'.repeat(20)}`
  const row = {
    id: 'k',
    chainId: '5',
    timestamp: new Date(0),
    collectionId: `5-${address}`,
    assetId: `5-${address}-7`,
    licenseRef: `5-${address}-9`,
    gross: null,
    kind: 1,
  }
  expect(namedKeysOf('RoyaltyPayment', [row, row])).toEqual({assets: [row.assetId], collections: [row.collectionId]})
  const standards = new Map([row.assetId, row.collectionId].map((key) => [key, 'erc1155' as const]))
  expect(toExported('RoyaltyPayment', row, new Map())).toMatchObject({
    collectionId: `eip155:5/erc721:${address}`,
    assetId: `eip155:5/erc721:${address}/7`,
  })
  expect(toExported('RoyaltyPayment', row, standards)).toMatchObject({
    id: 'k',
    chainId: 'eip155:5',
    timestamp: '1970-01-01T00:00:00.000Z',
    collectionId: `eip155:5/erc1155:${address}`,
    assetId: `eip155:5/erc1155:${address}/7`,
    licenseRef: `eip155:5:${address}/9`,
    gross: null,
    kind: 1,
  })
})
