import {Interface, solidityPackedKeccak256} from 'ethers'
import {expect, test} from 'vitest'
import {blockOf, logBy, pipelineOf} from '../../../test/support/givenBlocks'
import {address} from '../../../test/support/givenEvents'
import {memoryStore} from '../../../test/support/memoryStore'
import type {ChainBlock} from '../../chain/chainBlock'
import type {Hex} from '../../domain/hex'
import {handleBlocks, type SubsquidBlock} from '../../pipeline/handler'
import {compareHistory} from './compareHistory'
import {expectedHistory} from './expectedHistory'

const SPLIT_MAIN = '0x2ed6c4b5da6378c7897ac67ba9e43102feb694ee'
const PIPELINE = pipelineOf(`chains: [{id: 1, rpc: ["http://node"], contracts: "*"}]`)
const PARTS = [[address(0xa), address(0xb)], [400_000, 600_000], 10_000] as const
const INPUT = new Interface([
  'function createSplit(address[] accounts, uint32[] percentAllocations, uint32 distributorFee, address controller)',
]).encodeFunctionData('createSplit', [...PARTS, address(0xa)])

/** As nodes answer for it, with the receipts' logs. */
const asChainBlock = ({header, logs}: SubsquidBlock): ChainBlock =>
  ({
    number: header.height,
    hash: header.hash,
    timestamp: header.timestamp / 1000,
    logs,
    transactions: [{hash: logs[0]?.transactionHash, from: address(7)}],
  }) as unknown as ChainBlock

test('recipients of a split that were found in an input are not told as a difference, what the log itself says is', async () => {
  const block = blockOf(5, logBy(SPLIT_MAIN, 'CreateSplit(address indexed split)', [address(0x900)]))
  const store = memoryStore()
  const proof = solidityPackedKeccak256(['address[]', 'uint32[]', 'uint32'], PARTS)
  const ask = async (questions: readonly {kind: string}[]) =>
    questions.map(({kind}) => ({ok: true, data: (kind === 'input' ? INPUT : proof) as Hex}) as const)
  await handleBlocks([block], {...PIPELINE, ask}, store, store.created)
  const [change] = store.tables().SplitChange ?? []
  expect(change).toMatchObject({source: 'input', shareCount: 2, distributorFee: 10_000})
  const expected = await expectedHistory([asChainBlock(block)], PIPELINE, store.load, store.created)
  const compare = (row: typeof change) =>
    compareHistory(new Map([...expected, ['SplitChange', new Map(row && [[row.id, row]])]]), expected).map(({what, columns}) => [
      what,
      columns.map(({column}) => column),
    ])
  expect(compare(change)).toEqual([])
  expect(compare(change && {...change, split: address(0x901)})).toEqual([['different', ['split']]])
})
