import type {ChainId} from '../../src/domain/caip'
import {blockId, eventKey} from '../../src/domain/ids'
import {type Rows, TABLES, type TableName} from '../../src/domain/rows'
import type {Changes} from '../../src/pipeline/store'
import {ChainDatabase} from '../../src/store/database'
import {createStore} from '../../src/store/store'

/** A block with so many transfers and generation events, all of them plain. The branch is part of its hash. */
export type FeedBlock = Readonly<{height: number; branch: string; transfers: number; generations?: number}>

const PLAIN: Readonly<Record<string, unknown>> = {numeric: 0n, int4: 0, bool: false, timestamptz: new Date(1_700_000_000_000), text: ''}
const ADDRESS = `0x${'aa'.repeat(20)}`
export const hashOf = ({height, branch}: Pick<FeedBlock, 'height' | 'branch'>) => (height < 0 ? '0x' : `0x${branch}${height}`)
const head = (block: Pick<FeedBlock, 'height' | 'branch'>) => ({height: block.height, hash: hashOf(block)})

const rowOf = <T extends TableName>(table: T, given: Readonly<Record<string, unknown>>): Rows[T] =>
  Object.fromEntries(
    TABLES[table].columns.map(({field, type}) => [field, field in given ? given[field] : PLAIN[type]]),
  ) as unknown as Rows[T]

function changesOf(chainId: ChainId, blocks: readonly FeedBlock[]): Changes {
  const factsOf = (table: 'Transfer' | 'GenerationEvent', count: (block: FeedBlock) => number, from: (block: FeedBlock) => number) =>
    blocks.flatMap((block) =>
      Array.from({length: count(block)}, (_, i) =>
        rowOf(table, {
          id: eventKey(chainId, block.height, from(block) + i, 0),
          chainId: BigInt(chainId),
          blockNumber: block.height,
          logIndex: from(block) + i,
          collectionId: `${chainId}-${ADDRESS}`,
          assetId: `${chainId}-${ADDRESS}-${i}`,
          tokenId: BigInt(i),
          from: ADDRESS,
          to: ADDRESS,
          authority: 'self',
          kind: 'claimed',
        }),
      ),
    )
  const told = blocks.filter(({transfers, generations = 0}) => transfers + generations > 0)
  const insert = (rows: readonly Rows[TableName][]) => ({inserts: rows, puts: new Map()})
  return {
    Block: insert(
      told.map((block) =>
        rowOf('Block', {id: blockId(chainId, block.height), chainId: BigInt(chainId), number: block.height, hash: hashOf(block)}),
      ),
    ),
    Transfer: insert(
      factsOf(
        'Transfer',
        ({transfers}) => transfers,
        () => 0,
      ),
    ),
    GenerationEvent: insert(
      factsOf(
        'GenerationEvent',
        ({generations = 0}) => generations,
        ({transfers}) => transfers,
      ),
    ),
  } as Changes
}

export type Gate = () => Promise<void>
const OPEN: Gate = async () => {}

/** A processor of one chain over the real store, fed with blocks by hand. */
export async function createFeedChain(url: string, chainId: ChainId) {
  const database = new ChainDatabase(url, chainId)
  const state = await database.connect()
  let [final, hot]: [{height: number; hash: string}, FeedBlock[]] = [{height: state.height, hash: state.hash}, []]
  return {
    chainId,
    /** Blocks that are final at once; every hot block is taken back first, as after a restart. `gate` holds the commit up. */
    commitFinal: async (blocks: readonly FeedBlock[], gate: Gate = OPEN) => {
      const next = head(blocks.at(-1) as FeedBlock)
      await database.transact({prevHead: final, nextHead: next, isOnTop: true} as never, async (store) => {
        await createStore(store).flush(changesOf(chainId, blocks))
        await gate()
      })
      ;[final, hot] = [next, []]
    },
    /** Hot blocks over `base` (-1: over the final one); what was above is taken back. Then blocks up to `finalized` are final. */
    commitHot: async (base: number, blocks: readonly FeedBlock[], finalized: number) => {
      const kept = hot.filter(({height}) => height <= base)
      const chain = [...kept, ...blocks]
      const below = kept.at(-1)
      const newlyFinal = chain.filter(({height}) => height <= finalized).at(-1)
      const finalizedHead = newlyFinal ? head(newlyFinal) : final
      await database.transactHot2(
        {finalizedHead, baseHead: below ? head(below) : final, newBlocks: blocks.map(head)},
        async (store, from, to) => createStore(store).flush(changesOf(chainId, blocks.slice(from, to))),
      )
      final = finalizedHead
      hot = chain.filter(({height}) => height > final.height)
    },
    state: () => ({final: final.height, hot: [...hot]}),
    close: () => database.disconnect(),
  }
}
export type FeedChain = Awaited<ReturnType<typeof createFeedChain>>
