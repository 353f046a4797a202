import {describe, expect, test} from 'vitest'
import {foldTables} from '../../test/support/foldTables'
import {address, hash} from '../../test/support/givenEvents'
import {EMITTER, encodeLog} from '../../test/support/givenLogs'
import type {Address, Hash32} from '../domain/hex'
import {ZERO_ADDRESS} from '../domain/hex'
import {STANDARDS} from '../standards/registry'
import {decodeLogs} from './decodeLogs'
import {createRouter} from './router'

const router = createRouter(STANDARDS)
const [ALICE, BOB] = [address(0xa), address(0xb)]
const TRANSFER = 'Transfer(address indexed from, address indexed to, uint256 indexed tokenId)'
const TRANSFERRED = 'Transferred(uint256 _tokenId, address indexed _from, address indexed _to)'
const MINTED = 'Minted(uint256 indexed _tokenId, address indexed _creator, bytes32[] _dataHashes)'
const CLONED = 'Cloned(uint256 indexed _tokenId, uint256 indexed _newTokenId, address _from, address _to)'

type Said = readonly [signature: string, values: readonly unknown[], transaction?: Hash32]
const transfer = (from: Address, to: Address, tokenId = 7): Said => [TRANSFER, [from, to, tokenId]]
const transferred = (from: Address, to: Address, tokenId = 7): Said => [TRANSFERRED, [tokenId, from, to]]
const inAnother = ([signature, values]: Said): Said => [signature, values, hash(0x7c)]

/** Logs of one contract in one transaction, but for those that name another. */
async function tablesAfter(...said: readonly Said[]) {
  const logs = said.map(([signature, values, transactionHash = hash(0x7b)], logIndex) =>
    encodeLog(signature, values, {logIndex, transactionHash}),
  )
  return foldTables(decodeLogs(logs, router, new Set()).events)
}

describe('a contract that is ERC-721 and ERC-7857', () => {
  test.each([
    ['before', [transfer(ALICE, BOB), transferred(ALICE, BOB)]],
    ['behind', [transferred(ALICE, BOB), transfer(ALICE, BOB)]],
  ])('moves a token once where it logs Transfer %s Transferred', async (_, moves) => {
    const {Transfer, Asset, Collection} = await tablesAfter(transfer(ZERO_ADDRESS, ALICE), ...moves)
    expect(Transfer?.map(({from, to, ordinal}) => [from, to, ordinal])).toEqual([
      [ZERO_ADDRESS, ALICE, 1],
      [ALICE, BOB, 2],
    ])
    expect(Asset).toMatchObject([{owner: BOB, transferCount: 2}])
    expect(Collection).toMatchObject([{transferCount: 2n, assetCount: 1n}])
  })

  test('each Transfer answers for one: there and back and there again are three', async () => {
    const [there, back] = [
      [transfer(ALICE, BOB), transferred(ALICE, BOB)],
      [transfer(BOB, ALICE), transferred(BOB, ALICE)],
    ] as const
    expect((await tablesAfter(...there, ...back, ...there)).Transfer).toHaveLength(3)
    expect((await tablesAfter(...there, transferred(ALICE, BOB))).Transfer).toHaveLength(2)
  })

  test('mints and clones once, to whom the Transfer names; what else the log says stays', async () => {
    const minted: Said = [MINTED, [7, BOB, [hash(1)]]]
    const cloned: Said = [CLONED, [7, 8, ALICE, BOB]]
    const tables = await tablesAfter(transfer(ZERO_ADDRESS, ALICE), minted, transfer(ZERO_ADDRESS, BOB, 8), cloned)
    expect(tables.Asset?.map(({tokenId, owner, transferCount}) => [tokenId, owner, transferCount])).toEqual([
      [7n, ALICE, 1],
      [8n, BOB, 1],
    ])
    expect(tables.MetadataCommit).toMatchObject([{assetId: `1-${EMITTER}-7`, by: BOB}])
    expect(tables.Derivative).toMatchObject([{childTokenId: 8n, relation: 2}])
  })
})

test('Transferred stands for itself where no Transfer of its transaction tells the same', async () => {
  expect((await tablesAfter(transferred(ALICE, BOB))).Asset).toMatchObject([{owner: BOB, transferCount: 1}])
  expect((await tablesAfter(transfer(ALICE, BOB), inAnother(transferred(ALICE, BOB)))).Transfer).toHaveLength(2)
  expect((await tablesAfter(transfer(ALICE, BOB, 6), transferred(ALICE, BOB))).Transfer).toHaveLength(2)
})
