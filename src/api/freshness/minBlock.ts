import {
  DirectiveLocation,
  type ExecutionArgs,
  GraphQLDirective,
  GraphQLInt,
  GraphQLNonNull,
  GraphQLString,
  getArgumentValues,
  getOperationAST,
} from 'graphql'
import type {Plugin} from 'graphql-yoga'
import {type ChainId, parseChainId} from '../../domain/caip'
import {apiError, parseInput} from '../errors'
import type {HeadWatch, MinBlock} from './headWatch'

export const MAX_WAIT_MS = 10_000
const MAX_CHAINS = 10

export const MIN_BLOCK = new GraphQLDirective({
  name: 'minBlock',
  description:
    'The answer is as of this block or a later one: who knows the block of a transaction reads what it did. Waits for it, and is refused with BLOCK_NOT_INDEXED when it is not indexed in time.',
  locations: [DirectiveLocation.QUERY],
  isRepeatable: true,
  args: {
    number: {type: new GraphQLNonNull(GraphQLInt), description: 'Number of the block.'},
    chainId: {type: GraphQLString, description: 'CAIP-2; may be left out where one chain is indexed.'},
    waitMs: {type: GraphQLInt, defaultValue: 5_000, description: `How long to wait, in milliseconds, at most ${MAX_WAIT_MS}.`},
  },
})

/** Waits before anything is read: the answer's snapshot begins afterwards. */
export const minBlockPlugin = (watch: HeadWatch, chainIds: readonly ChainId[]): Plugin => ({
  onExecute: async ({args}) => {
    const {wanted, waitMs} = parseMinBlocks(args, chainIds)
    if (wanted.length > 0) await watch.waitFor(wanted, waitMs)
  },
})

function parseMinBlocks(
  {document, operationName, variableValues}: ExecutionArgs,
  chainIds: readonly ChainId[],
): Readonly<{wanted: readonly MinBlock[]; waitMs: number}> {
  const nodes = getOperationAST(document, operationName)?.directives?.filter(({name}) => name.value === MIN_BLOCK.name) ?? []
  if (nodes.length > MAX_CHAINS)
    throw apiError('LIMIT_EXCEEDED', `@minBlock is given ${nodes.length} times; at most ${MAX_CHAINS}`, {
      limit: MAX_CHAINS,
      asked: nodes.length,
    })
  const given = nodes.map((node) => getArgumentValues(MIN_BLOCK, node, variableValues ?? {}))
  const waitMs = Math.max(0, ...given.map((values) => Number(values['waitMs'] ?? 0)))
  if (waitMs > MAX_WAIT_MS)
    throw apiError('LIMIT_EXCEEDED', `waitMs is ${waitMs}; at most ${MAX_WAIT_MS}`, {limit: MAX_WAIT_MS, asked: waitMs})
  return {waitMs, wanted: given.map((values) => ({number: Number(values['number']), chainId: chainOf(values['chainId'], chainIds)}))}
}

/** A chain that is not indexed never gets there: nobody has to wait to learn it. */
function chainOf(text: unknown, chainIds: readonly ChainId[]): ChainId {
  const chainId = text == null ? soleOf(chainIds) : parseInput(parseChainId, String(text))
  if (!chainIds.includes(chainId)) throw apiError('BAD_USER_INPUT', `eip155:${chainId} is not indexed`)
  return chainId
}

function soleOf(chainIds: readonly ChainId[]): ChainId {
  const [sole, ...others] = chainIds
  if (sole === undefined || others.length > 0) throw apiError('BAD_USER_INPUT', 'several chains are indexed: @minBlock needs a chainId')
  return sole
}
