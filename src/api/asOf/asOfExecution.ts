import {
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  type FieldNode,
  getArgumentValues,
  getOperationAST,
  getVariableValues,
  type OperationDefinitionNode,
} from 'graphql'
import {type ChainId, formatChainId, parseChainId} from '../../domain/caip'
import {isFinal} from '../chainState'
import type {Context} from '../context'
import {apiError, parseInput} from '../errors'
import type {AsOf, Moment} from './asOf'
import type {AsOfInput} from './asOfInput'
import {type BlocksAround, RidingBlocks} from './knownBlocks'
import type {KnownMoments} from './knownMoments'
import {type Foreseen, foreseeBlock, resolveAsOf} from './resolveAsOf'
import {documentOf, rootFieldsOf} from './rootFields'

/** What a root field and all below it is answered with. */
type Part = Readonly<{keys: string[]; nodes: FieldNode[]; asOf: AsOfInput | null; chainId: ChainId | null; question: string}>

/**
 * Root fields with asOf, and all below them, are answered by a context of that moment; those of one moment together. All of them read
 * one snapshot. No resolver has to know: what they load with, and the lists, read the past. Null for what is of now alone.
 * `executeWhole`: the whole operation, compiled if it keeps coming; `coerced`: its variables, where they are coerced already.
 */
export function asOfExecution(
  args: Omit<ExecutionArgs, 'contextValue'>,
  known: KnownMoments,
  executeWhole: Execute,
  coerced: Variables | null = null,
): Execute | null {
  const operation = getOperationAST(args.document, args.operationName)
  if (operation?.operation !== 'query' || !mentionsAsOf(args.document)) return null
  const variables = coerced ?? getVariableValues(args.schema, operation.variableDefinitions ?? [], args.variableValues ?? {}).coerced
  // Those that do not fit the operation its execution tells of.
  const split = variables ? splitByMoment(args, operation, variables) : null
  if (split === null || split.parts.every(({asOf}) => asOf === null)) return null
  return (given) => executeParts(given, split, {known, executeWhole})
}

const mentioning = new WeakMap<object, boolean>()

/** Documents are parsed once and come again; most ask for now. */
function mentionsAsOf(document: ExecutionArgs['document']): boolean {
  let known = mentioning.get(document)
  if (known === undefined) mentioning.set(document, (known = JSON.stringify(document, withoutPlaces).includes('"asOf"')))
  return known
}
const withoutPlaces = (key: string, value: unknown): unknown => (key === 'loc' ? undefined : value)

export type Execute = (args: ExecutionArgs) => ExecutionResult | Promise<ExecutionResult>

type Split = Readonly<{order: readonly string[]; parts: readonly Part[]}>

type Variables = Readonly<Record<string, unknown>>

function splitByMoment({schema, document}: ExecutionArgs, operation: OperationDefinitionNode, coerced: Variables): Split {
  const parts = new Map<string, Part>()
  const roots = rootFieldsOf(document, operation, coerced)
  for (const [key, nodes] of roots) {
    const [node] = nodes as [FieldNode]
    const field = schema.getQueryType()?.getFields()[node.name.value]
    const values = field ? getArgumentValues(field, node, coerced) : {}
    const asOf = (values['asOf'] ?? null) as AsOfInput | null
    const chainId = asOf && chainOf(asOf, values)
    const moment = JSON.stringify([asOf, chainId])
    const part = parts.get(moment) ?? {keys: [], nodes: [], asOf, chainId, question: moment}
    parts.set(moment, part)
    part.keys.push(key)
    part.nodes.push(...nodes)
  }
  return {order: [...roots.keys()], parts: [...parts.values()]}
}

/** Arguments that may name the chain that is asked about. */
const NAMING = ['id', 'asset', 'assetId', 'address', 'account', 'chainId'] as const

function chainOf({chainId}: AsOfInput, values: Readonly<Record<string, unknown>>): ChainId | null {
  const named = NAMING.flatMap((name) => /^eip155:\d+/.exec(String(values[name] ?? ''))?.[0] ?? [])
  const all = [...new Set([...(chainId == null ? [] : [chainId]), ...named])].map((text) => parseInput(parseChainId, text))
  if (all.length > 1)
    throw apiError('BAD_USER_INPUT', `${all.map(formatChainId).join(' and ')}: asOf and the question name different chains`)
  return all[0] ?? null
}

type Means = Readonly<{known: KnownMoments; executeWhole: Execute}>

/** A past moment while an answer is made of it: what it reads up to, and, once that is asked for, what the index tells of it. */
type Then = Readonly<{asOf: AsOf; moment: () => Promise<Moment>}>

async function executeParts(args: ExecutionArgs, split: Split, means: Means): Promise<ExecutionResult> {
  const {order, parts} = split
  const context = args.contextValue as Context
  const found = parts.map(({asOf, question}) => (asOf === null ? null : means.known.get(question)))
  const isKnown = parts.every(({asOf}, i) => asOf === null || found[i] !== null)
  const thens = isKnown ? found.map((moment) => moment && thenOf(moment)) : await findThens(context, parts, means.known)
  const results = await Promise.all(
    parts.map(({nodes}, i) => {
      const then = thens[i]
      const contextValue = then ? context.at(then.asOf, then.moment) : context
      return parts.length === 1
        ? means.executeWhole({...args, contextValue})
        : execute({...args, document: documentOf(args, nodes), contextValue})
    }),
  )
  // What was read as of a block that turns out not to be indexed, or not to be the one meant, is not told.
  const moments: (Moment | null)[] = []
  for (const then of thens) moments.push(then ? await then.moment() : null)
  if (isKnown && !(await isAsFar(context, moments))) {
    for (const {question} of parts) means.known.forget(question)
    return executeParts(args, split, means)
  }
  const told = parts.flatMap(({keys}, i) => keys.flatMap((key) => (moments[i] ? [[key, describe(moments[i] as Moment)]] : [])))
  return {...merge(results, order), extensions: {asOf: Object.fromEntries(told)}}
}

const thenOf = (moment: Moment): Then => ({asOf: moment, moment: () => Promise.resolve(moment)})

/** A block by its number is told of along with what is read first; any other moment by queries of its own, of one moment with the answer's. */
async function findThens(context: Context, parts: readonly Part[], known: KnownMoments): Promise<readonly (Then | null)[]> {
  const thens: (Then | null)[] = []
  for (const part of parts) {
    const {asOf, chainId} = part
    const foreseen = asOf && foreseeBlock(context, asOf, chainId)
    if (asOf === null) thens.push(null)
    else thens.push(foreseen ? foreseenThen(context, part, foreseen, known) : thenOf(await findMoment(context, part, known, null)))
  }
  return thens
}

function foreseenThen(context: Context, part: Part, {asOf, chainId, number}: Foreseen, known: KnownMoments): Then {
  const blocks = new RidingBlocks(chainId, number)
  let moment: Promise<Moment> | null = null
  context.ride(blocks)
  const find = () => {
    // Whoever has to know before anything was read asks for it alone.
    context.ride(null)
    return findMoment(context, part, known, blocks.around)
  }
  return {asOf, moment: () => (moment ??= find())}
}

async function findMoment(
  context: Context,
  {asOf, chainId, question}: Part,
  known: KnownMoments,
  told: BlocksAround | null,
): Promise<Moment> {
  const moment = await resolveAsOf(context, asOf as AsOfInput, chainId, told)
  known.keep(question, moment)
  return moment
}

/** What the answer was read from is as far as the moments: another replica may be behind the one that they were found on. */
async function isAsFar(context: Context, moments: readonly (Moment | null)[]): Promise<boolean> {
  const states = await context.chains()
  return moments.every(
    (moment) => moment === null || moment.horizons.every(({chainId, block}) => isFinal(states, String(chainId), block?.number ?? -1)),
  )
}

/** One part that came to nothing takes the whole answer with it, as one root field would. */
function merge(results: readonly ExecutionResult[], keys: readonly string[]): ExecutionResult {
  const errors = results.flatMap((result) => result.errors ?? [])
  const data = results.some((result) => !result.data) ? null : Object.assign({}, ...results.map((result) => result.data))
  const ordered = data && Object.fromEntries(keys.map((key) => [key, data[key]]))
  return errors.length > 0 ? {data: ordered, errors} : {data: ordered}
}

const describe = ({horizons}: Moment) =>
  horizons.map(({chainId, block, isFinal}) => ({chainId: formatChainId(chainId), block, finality: isFinal ? 'FINAL' : 'HEAD'}))
