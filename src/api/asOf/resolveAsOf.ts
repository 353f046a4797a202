import type {ChainId} from '../../domain/caip'
import {type ChainState, isFinal} from '../chainState'
import type {Context} from '../context'
import {apiError} from '../errors'
import type {AsOf, Moment} from './asOf'
import {keysUpTo} from './asOf'
import type {AsOfInput} from './asOfInput'
import {type BlocksAround, findBlockByHash, findBlocksAround, findLastBlockBefore} from './knownBlocks'

type Reader = Pick<Context, 'chains'> & Readonly<{now: Date; db: Pick<Context['db'], 'query'>; soleChainId?: ChainId | null}>

/** A block that is asked about by its number, on a chain that is known: what is read as of it depends on nothing that the index tells. */
export function foreseeBlock({soleChainId}: Pick<Context, 'soleChainId'>, asked: AsOfInput, chainId: ChainId | null): Foreseen | null {
  const {block, blockHash, timestamp} = asked
  const known = chainId ?? soleChainId
  if (block == null || block < 0 || blockHash != null || timestamp != null || known === null) return null
  return {chainId: known, number: block, asOf: {horizons: [{chainId: known, ...keysUpTo(known, block)}]}}
}
export type Foreseen = Readonly<{chainId: ChainId; number: number; asOf: AsOf}>

/**
 * `told`: the blocks around the one that is asked about, where they were read already.
 * @throws a coded error for a moment that is not on the chain, not indexed, or cannot be told
 */
export async function resolveAsOf(
  context: Reader,
  asked: AsOfInput,
  chainId: ChainId | null,
  told: BlocksAround | null = null,
): Promise<Moment> {
  const given = [asked.block ?? asked.blockHash, asked.timestamp].filter((value) => value != null)
  if (given.length !== 1) throw apiError('BAD_USER_INPUT', 'asOf takes a block, by number or hash, or a timestamp')
  // First: whatever is read tells what is indexed too, so that nothing is asked for that alone.
  const around = told ?? (await blocksAround(context, asked, chainId ?? context.soleChainId ?? null))
  const chains = (await context.chains()).filter((chain) => chainId === null || chain.chainId === chainId)
  const [only, ...others] = chains
  if (!only) throw apiError('BAD_USER_INPUT', chainId === null ? 'no chain is indexed' : `eip155:${chainId} is not indexed`)
  if (asked.timestamp) return asOfTime(context, chains, asked.timestamp)
  if (others.length > 0) throw apiError('BAD_USER_INPUT', 'several chains are indexed: asOf needs a chainId')
  const number = await blockNumberOf(context, only, asked)
  return asOfBlock(context, only, {number, around: around ?? (await findBlocksAround(context.db, only.chainId, number))})
}

/** Null where the chain or the number is not known yet. */
const blocksAround = async ({db}: Reader, {block, blockHash}: AsOfInput, chainId: ChainId | null): Promise<BlocksAround | null> =>
  block == null || blockHash != null || chainId === null ? null : findBlocksAround(db, chainId, block)

async function blockNumberOf({db}: Reader, chain: ChainState, {block, blockHash}: AsOfInput): Promise<number> {
  if (blockHash == null) return block as number
  const found = await findBlockByHash(db, chain, blockHash)
  const other = (message: string) => apiError('BLOCK_NOT_CANONICAL', message, {blockHash})
  if (found === 'retracted') throw other(`${blockHash} was taken back by the chain`)
  if (found !== null && block != null && found.number !== block) throw other(`${blockHash} is block ${found.number}, not ${block}`)
  if (found !== null) return found.number
  const [canonical] = block == null ? [] : await findBlocksAround(db, chain.chainId, block)
  if (canonical?.number === block && canonical?.hash) throw other(`block ${block} of the canonical chain is ${canonical.hash}`)
  throw apiError('BLOCK_UNKNOWN', `the index cannot tell the block ${blockHash}: it holds no event of it`, {blockHash})
}

type Found = Readonly<{number: number; around: BlocksAround}>

function asOfBlock({now}: Reader, chain: ChainState, {number, around: [before, after]}: Found): Moment {
  if (number < 0) throw apiError('BAD_USER_INPUT', 'asOf.block must not be negative')
  const indexed = chain.indexed?.number ?? -1
  if (number > indexed) throw notIndexed(chain, `block ${number} of eip155:${chain.chainId} is not indexed yet`)
  const known = before?.number === number ? before : null
  const horizon = {
    chainId: chain.chainId,
    block: {number, hash: known?.hash ?? null, timestamp: known?.timestamp ?? null},
    isFinal: isFinal([chain], String(chain.chainId), number),
    ...keysUpTo(chain.chainId, number),
  }
  const from = before?.timestamp ?? new Date(0)
  const ends = known ?? after
  const isLasting = ends !== null && isFinal([chain], String(chain.chainId), ends.number)
  return {horizons: [horizon], now: from, latest: known?.timestamp ?? after?.timestamp ?? now, isLasting}
}

async function asOfTime({db}: Reader, chains: readonly ChainState[], time: Date): Promise<Moment> {
  const horizons: Moment['horizons'][number][] = []
  for (const chain of chains) {
    const {before, coveredTo, finalTo} = await findLastBlockBefore(db, chain, time)
    if (coveredTo === null || time > coveredTo)
      throw notIndexed(
        chain,
        `eip155:${chain.chainId} is indexed up to ${coveredTo?.toISOString() ?? 'no time yet'}, not to ${time.toISOString()}`,
      )
    horizons.push({
      chainId: chain.chainId,
      block: before && {number: before.number, hash: before.hash, timestamp: before.timestamp},
      isFinal: finalTo !== null && finalTo > time,
      ...keysUpTo(chain.chainId, before?.number ?? null),
    })
  }
  return {horizons, now: time, latest: time, isLasting: horizons.every((horizon) => horizon.isFinal)}
}

const notIndexed = ({indexed}: ChainState, message: string) =>
  apiError('BLOCK_NOT_INDEXED', message, {indexedBlock: indexed?.number ?? null})
